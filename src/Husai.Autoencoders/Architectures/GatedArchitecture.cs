using Husai.Autoencoders.Engine;
using Husai.Numerics.Functions;
using Husai.Numerics.Kernels;
using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Optimisers;

namespace Husai.Autoencoders.Architectures;

/// <summary>
/// A gate decides which latents fire, a rescaled copy of it how much. The gate learns from an L1 penalty and from a second reconstruction
/// by the gates themselves, through a frozen copy of the decoder (Rajamanoharan et al. 2024a, section 3.2, equation 8).
/// </summary>
internal sealed unsafe class GatedArchitecture : TrainingArchitecture
{
    private readonly Parameter _magnitudeBias;
    private readonly Parameter _logMagnitudeScale;
    private readonly PinnedBuffer<float> _scales;

    public GatedArchitecture(EngineSettings settings, TrainingWeights weights)
        : base(settings, weights)
    {
        _magnitudeBias = weights.Own(GatedMethod.MagnitudeBias);
        _logMagnitudeScale = weights.Own(GatedMethod.LogMagnitudeScale);
        _scales = new PinnedBuffer<float>(weights.Latents);
        DenseCode = new GatedDenseCode(_scales, weights.EncoderBias, _magnitudeBias, weights.Latents);
    }

    public override bool KeepsExtras => true;

    public override DenseCode? DenseCode { get; }

    protected override void Prepare()
    {
        for (var latent = 0; latent < Weights.Latents; latent++)
        {
            _scales.Pointer[latent] = (float)Transcendental.Exp(_logMagnitudeScale.Row(0)[latent]);
        }
    }

    /// <summary>Latents whose gate is open, also those of magnitude 0. The first extra is the gate's pre-activation.</summary>
    public override void Select(float* row, EntryBlock entries)
    {
        var columns = Weights.Latents;
        entries.Reserve(columns, extras: true);
        var latents = entries.Latents + entries.Count;
        var values = entries.Values + entries.Count;
        var first = entries.First + entries.Count;
        var gateBias = Weights.EncoderBias.Row(0);
        var magnitudeBias = _magnitudeBias.Row(0);
        var scales = _scales.Pointer;
        var count = 0;
        for (var column = 0; column < columns; column++)
        {
            latents[count] = column;
            values[count] = Math.Max(MathF.FusedMultiplyAdd(scales[column], row[column] - gateBias[column], magnitudeBias[column]), 0);
            first[count] = row[column];
            count += row[column] > 0 ? 1 : 0;
        }

        entries.EndRow(count);
    }

    public override RowLoss Reconstruct(in RowPass row)
    {
        var entries = row.Entries;
        Decode(row.Residual, row, entries.Values + row.From);
        var squaredError = RowKernels.SubtractSquared(row.Residual, row.Centred, Vectors);
        Decode(row.Scratch, row, entries.First + row.From);
        var gateError = RowKernels.SubtractSquared(row.Scratch, row.Centred, Vectors);
        Dots(entries.Gradients + row.From, row.Residual, row);
        Dots(entries.Second + row.From, row.Scratch, row);
        var gateBias = Weights.EncoderBias.Row(0);
        var sum = 0.0;
        for (var n = row.From; n < row.From + row.Count; n++)
        {
            var latent = entries.Latents[n];
            var gate = entries.First[n];
            var gateGradient = MathF.FusedMultiplyAdd(row.Scale, entries.Second[n], row.Penalty);
            var magnitudeGradient = entries.Values[n] > 0 ? row.Scale * entries.Gradients[n] : 0;
            entries.Gradients[n] = MathF.FusedMultiplyAdd(_scales.Pointer[latent], magnitudeGradient, gateGradient);
            entries.First[n] = magnitudeGradient;
            entries.Second[n] = magnitudeGradient * (gate - gateBias[latent]);
            sum += gate;
        }

        return new RowLoss(squaredError, sum, gateError);
    }

    /// <summary>
    /// The encoder's gradient is scale x magnitude's + gate's: taking the magnitude's part out leaves the gate's bias. The scale is an
    /// exponential, so its logarithm's gradient has the scale as a factor.
    /// </summary>
    public override void FinishGradients(int firstLatent, int count, in LatentSums sums)
    {
        for (var n = 0; n < count; n++)
        {
            var scale = _scales.Pointer[firstLatent + n];
            sums.Gradients[n] = MathF.FusedMultiplyAdd(-scale, sums.First[n], sums.Gradients[n]);
            sums.Second[n] *= scale;
        }
    }

    public override double SquaredNorm(int count, in LatentSums sums) =>
        Squares(sums.Gradients, count) + Squares(sums.First, count) + Squares(sums.Second, count);

    public override void UpdateOwnParameters(int firstLatent, int count, in LatentSums sums, in FlushingAdam adam)
    {
        var firstVector = firstLatent / Lanes.Count;
        var vectors = Lanes.Padded(count) / Lanes.Count;
        Weights.EncoderBias.Step(0, firstVector, vectors, sums.Gradients, adam);
        _magnitudeBias.Step(0, firstVector, vectors, sums.First, adam);
        _logMagnitudeScale.Step(0, firstVector, vectors, sums.Second, adam);
    }
}
