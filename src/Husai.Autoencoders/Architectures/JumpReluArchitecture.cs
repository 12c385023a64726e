using Husai.Autoencoders.Engine;
using Husai.Numerics.Functions;
using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Optimisers;

namespace Husai.Autoencoders.Architectures;

/// <summary>
/// A learnt threshold for each latent and an L0 penalty, both trained through a rectangular kernel around the threshold (Rajamanoharan et
/// al.
/// 2024b, sections 3 and 4). With a target, the penalty is <c>coefficient * (L0 / target - 1)^2</c>. What learns is the threshold, or its
/// logarithm.
/// </summary>
internal sealed unsafe class JumpReluArchitecture : TrainingArchitecture
{
    private readonly Parameter _threshold;

    // Of logarithms: the thresholds in this step.
    private readonly PinnedBuffer<float>? _exponentials;

    public JumpReluArchitecture(EngineSettings settings, TrainingWeights weights)
        : base(settings, weights)
    {
        _threshold = weights.Own(JumpReluMethod.Threshold);
        _exponentials = settings.LearnsLogThreshold ? new PinnedBuffer<float>(_threshold.Values.Columns) : null;
        DenseCode = new JumpReluDenseCode(Thresholds, settings.Bandwidth, weights.Latents);
    }

    public override bool KeepsExtras => true;

    public override DenseCode? DenseCode { get; }

    // Neither ever moves.
    private float* Thresholds => _exponentials is null ? _threshold.Row(0) : _exponentials.Pointer;

    protected override void Prepare()
    {
        for (var latent = 0; latent < Weights.Latents && _exponentials is not null; latent++)
        {
            _exponentials.Pointer[latent] = (float)Transcendental.Exp(_threshold.Row(0)[latent]);
        }
    }

    /// <summary>Active latents, and those so near below the threshold that they pull on it; these have value 0.</summary>
    public override void Select(float* row, EntryBlock entries)
    {
        var columns = Weights.Latents;
        entries.Reserve(columns, extras: true);
        var latents = entries.Latents + entries.Count;
        var values = entries.Values + entries.Count;
        var first = entries.First + entries.Count;
        var thresholds = Thresholds;
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

    public override void FinishGradients(int firstLatent, int count, in LatentSums sums)
    {
        var inverse = 1 / Settings.Bandwidth;
        for (var n = 0; n < count; n++)
        {
            sums.First[n] = (float)(sums.First[n] - sums.Penalty * inverse * sums.Second[n]);
            sums.First[n] *= _exponentials is null ? 1 : _exponentials.Pointer[firstLatent + n];
        }
    }

    public override double SquaredNorm(int count, in LatentSums sums) => Squares(sums.Gradients, count) + Squares(sums.First, count);

    public override void UpdateOwnParameters(int firstLatent, int count, in LatentSums sums, in FlushingAdam adam)
    {
        base.UpdateOwnParameters(firstLatent, count, sums, adam);
        _threshold.Step(0, firstLatent / Lanes.Count, Lanes.Padded(count) / Lanes.Count, sums.First, adam);
        var thresholds = _threshold.Row(0);
        for (var n = firstLatent; n < firstLatent + count && _exponentials is null; n++)
        {
            thresholds[n] = Math.Max(thresholds[n], 0);
        }
    }

    protected override double Backward(in RowPass row)
    {
        var entries = row.Entries;
        var thresholds = Thresholds;
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
