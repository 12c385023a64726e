using Husai.Autoencoders.Engine;
using Husai.Numerics.Kernels;

namespace Husai.Autoencoders.Architectures;

/// <summary>
/// Nested dictionaries that each must reconstruct the input by themselves (Bussmann et al. 2025, section 3.2), the code chosen by
/// BatchTopK. The loss is the mean of their squared errors, or their sum.
/// </summary>
internal sealed unsafe class MatryoshkaArchitecture(EngineSettings settings, TrainingWeights weights) : BatchTopKArchitecture(
    settings, weights)
{
    public override int Groups => Settings.NestedWidths.Length;

    private int ErrorDivisor => Settings.SumsNestedErrors ? 1 : Groups;

    public override int Group(int latent)
    {
        var group = 0;
        while (latent >= Settings.NestedWidths[group])
        {
            group++;
        }

        return group;
    }

    public override RowLoss Reconstruct(in RowPass row)
    {
        var entries = row.Entries;
        var ends = stackalloc int[Groups];
        var squaredError = 0.0;
        var from = row.From;
        for (var group = 0; group < Groups; group++)
        {
            var to = from;
            while (to < row.From + row.Count && entries.Latents[to] < Settings.NestedWidths[group])
            {
                to++;
            }

            // The sum so far stays in the scratch row; each residual starts from it.
            RowKernels.WeightedSum(
                row.Scratch, group == 0 ? null : row.Scratch, Decoder, Stride, entries.Latents + from, entries.Values + from, to - from,
                Vectors);
            var residual = row.OutputGradient + group * row.GroupStride;
            RowKernels.Copy(residual, row.Scratch, Vectors);
            squaredError += RowKernels.SubtractSquared(residual, row.Centred, Vectors) / ErrorDivisor;
            if (row.LevelResiduals != null)
            {
                RowKernels.Copy(row.LevelResiduals + group * row.GroupStride, residual, Vectors);
            }

            ends[group] = from = to;
        }

        RowKernels.Copy(row.Residual, row.OutputGradient + (Groups - 1) * row.GroupStride, Vectors);
        AddUp(row);
        for (var group = 0; group < Groups; group++)
        {
            var start = group == 0 ? row.From : ends[group - 1];
            RowKernels.Dots(
                entries.Gradients + start, row.OutputGradient + group * row.GroupStride, Decoder, Stride,
                entries.Latents + start, ends[group] - start, Vectors);
        }

        return new RowLoss(squaredError, Backward(row));
    }

    // A latent acts in its own dictionary and in all larger ones: gradients are summed from the largest inwards.
    private void AddUp(in RowPass row)
    {
        for (var group = Groups - 1; group >= 0; group--)
        {
            var gradient = row.OutputGradient + group * row.GroupStride;
            RowKernels.Scale(gradient, 1f / ErrorDivisor, Vectors);
            if (group < Groups - 1)
            {
                RowKernels.MultiplyAdd(gradient, gradient + row.GroupStride, 1, Vectors);
            }
        }
    }
}
