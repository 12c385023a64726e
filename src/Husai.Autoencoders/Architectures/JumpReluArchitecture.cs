using Husai.Autoencoders.Engine;
using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Optimisers;

namespace Husai.Autoencoders.Architectures;

/// <summary>
/// A learnt threshold for each latent and an L0 penalty, both trained through a rectangular kernel around the threshold (Rajamanoharan et
/// al.
/// 2024b, sections 3 and 4). With a target, the penalty is <c>coefficient * (L0 / target - 1)^2</c>.
/// </summary>
internal sealed unsafe class JumpReluArchitecture(EngineSettings settings, TrainingWeights weights) : TrainingArchitecture(
    settings, weights)
{
    private readonly Parameter _threshold = weights.Own(JumpReluMethod.Threshold);

    public override bool KeepsExtras => true;

    public override DenseCode? DenseCode { get; } =
        new JumpReluDenseCode(weights.Own(JumpReluMethod.Threshold), settings.Bandwidth, weights.Latents);

    /// <summary>Active latents, and those so near below the threshold that they pull on it; these have value 0.</summary>
    public override void Select(float* row, EntryBlock entries)
    {
        var columns = Weights.Latents;
        entries.Reserve(columns, extras: true);
        var latents = entries.Latents + entries.Count;
        var values = entries.Values + entries.Count;
        var first = entries.First + entries.Count;
        var thresholds = _threshold.Row(0);
        var half = (float)(Settings.Bandwidth / 2);
        var count = 0;
        for (var column = 0; column < columns; column++)
        {
            var p = row[column];
            var active = p > thresholds[column] && p > 0;
            latents[count] = column;
            values[count] = active ? p : 0;
            first[count] = p;
            count += active || Math.Abs(p - thresholds[column]) < half ? 1 : 0;
        }

        entries.EndRow(count);
    }

    public override (double Loss, double Gradient) PenaltyAt(double l0, double coefficient)
    {
        if (Settings.TargetL0 <= 0)
        {
            return (coefficient, coefficient);
        }

        var excess = l0 / Settings.TargetL0 - 1;
        return (l0 > 0 ? coefficient * excess * excess / l0 : 0, coefficient * 2 * excess / Settings.TargetL0);
    }

    public override void UpdateOwnParameters(int firstLatent, int count, in LatentSums sums, in FlushingAdam adam)
    {
        base.UpdateOwnParameters(firstLatent, count, sums, adam);
        var inverse = 1 / Settings.Bandwidth;
        for (var n = 0; n < count; n++)
        {
            sums.First[n] = (float)(sums.First[n] - sums.Penalty * inverse * sums.Second[n]);
        }

        _threshold.Step(0, firstLatent / Lanes.Count, Lanes.Padded(count) / Lanes.Count, sums.First, adam);
        var thresholds = _threshold.Row(0);
        for (var n = firstLatent; n < firstLatent + count; n++)
        {
            thresholds[n] = Math.Max(thresholds[n], 0);
        }
    }

    protected override double Backward(in RowPass row)
    {
        var entries = row.Entries;
        var thresholds = _threshold.Row(0);
        var half = (float)(Settings.Bandwidth / 2);
        var inverse = (float)(1 / Settings.Bandwidth);
        var active = 0;
        for (var n = row.From; n < row.From + row.Count; n++)
        {
            var threshold = thresholds[entries.Latents[n]];
            var near = Math.Abs(entries.First[n] - threshold) < half;
            var gradient = row.Scale * entries.Gradients[n];
            var fires = entries.Values[n] > 0;
            entries.Gradients[n] = fires ? gradient : 0;
            entries.First[n] = near ? -threshold * inverse * gradient : 0;
            entries.Second[n] = near ? 1 : 0;
            active += fires ? 1 : 0;
        }

        return active;
    }
}
