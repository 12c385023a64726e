using Husai.Autoencoders.Architectures;
using Husai.Autoencoders.Options;
using Husai.Numerics.Kernels;
using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Selection;

namespace Husai.Autoencoders.Engine;

/// <summary>
/// <see cref="AuxiliaryLoss.SaeLens"/>: the dead latents of each level, those that a nested dictionary adds to the one before, reconstruct
/// the residual of that dictionary: <c>c / rows * sum_l min(dead_l / k, 1) |residual_l - sum_j p_j w_j|²</c> over the k dead latents of the
/// level with the largest pre-activations, of either sign. Without nested dictionaries there is one level.
/// </summary>
/// <param name="settings">The engine's settings.</param>
/// <param name="weights">The weights.</param>
/// <param name="architecture">Knows the levels.</param>
/// <param name="threads">Threads that choose at once.</param>
internal sealed unsafe class LevelAuxiliary(
    EngineSettings settings, TrainingWeights weights, TrainingArchitecture architecture, int threads)
{
    private readonly int[][] _dead = [.. Enumerable.Range(0, architecture.Groups).Select(_ => Array.Empty<int>())];
    private readonly float[][] _values = [.. Enumerable.Range(0, threads).Select(_ => new float[weights.Latents])];
    private readonly int[][] _chosen = [.. Enumerable.Range(0, threads).Select(_ => new int[weights.Latents])];

    /// <summary>Takes in the latents that count as dead in a step.</summary>
    /// <param name="dead">In order.</param>
    public void Begin(int[] dead)
    {
        foreach (var level in dead.GroupBy(architecture.Group))
        {
            _dead[level.Key] = [.. level];
        }

        foreach (var level in Enumerable.Range(0, _dead.Length).Except(dead.Select(architecture.Group)))
        {
            _dead[level] = [];
        }
    }

    /// <summary>Appends the dead latents of a row that reconstruct residuals, level by level, and ends the row.</summary>
    /// <param name="row">Pre-activations of all latents.</param>
    /// <param name="entries">Where to append.</param>
    /// <param name="worker">The thread.</param>
    public void Choose(float* row, EntryBlock entries, int worker)
    {
        entries.Reserve(_dead.Sum(dead => Math.Min(dead.Length, settings.AuxiliaryK)));
        var added = 0;
        foreach (var dead in _dead)
        {
            var count = Math.Min(dead.Length, settings.AuxiliaryK);
            var values = _values[worker].AsSpan(0, dead.Length);
            for (var n = 0; n < dead.Length; n++)
            {
                values[n] = row[dead[n]];
            }

            var latents = new Span<int>(entries.Latents + entries.Count + added, count);
            var chosen = _chosen[worker].AsSpan(0, count);
            TopK.Select(values, count, chosen, new Span<float>(entries.Values + entries.Count + added, count));
            for (var n = 0; n < count; n++)
            {
                latents[n] = dead[chosen[n]];
            }

            added += count;
        }

        entries.EndRow(added);
    }

    /// <summary>
    /// Turns the residuals of a row into the gradients of the loss in their reconstructions, up to its scale, and finds those of the
    /// entries.
    /// </summary>
    /// <param name="entries">What <see cref="Choose"/> appended.</param>
    /// <param name="row">The row in the block.</param>
    /// <param name="residual">Reconstruction minus input of the first level.</param>
    /// <param name="levelStride">Floats from one level's residual to the next.</param>
    /// <returns>The weighted squared errors.</returns>
    public double Reconstruct(EntryBlock entries, int row, float* residual, nint levelStride)
    {
        var (from, end) = (entries.RowStart(row), entries.RowStart(row + 1));
        var rows = weights.Decoder.Row(0);
        var (stride, vectors) = (weights.Decoder.Stride, weights.Decoder.Vectors);
        var error = 0.0;
        for (var level = 0; level < _dead.Length; level++)
        {
            var count = Math.Min(Math.Min(_dead[level].Length, settings.AuxiliaryK), end - from);
            var own = residual + level * levelStride;
            var weight = Math.Min(_dead[level].Length / (double)settings.AuxiliaryK, 1);
            RowKernels.WeightedSum(own, own, rows, stride, entries.Latents + from, entries.Values + from, count, vectors);
            error += weight * RowKernels.Dot(own, own, vectors * Lanes.Count);
            RowKernels.Scale(own, (float)weight, vectors);
            RowKernels.Dots(entries.Gradients + from, own, rows, stride, entries.Latents + from, count, vectors);
            from += count;
        }

        return error;
    }
}
