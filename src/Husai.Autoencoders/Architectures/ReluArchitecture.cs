using Husai.Autoencoders.Engine;
using Husai.Numerics.Kernels;

namespace Husai.Autoencoders.Architectures;

/// <summary>
/// ReLU with an L1 penalty (Bricken et al. 2023), optionally each latent weighted by the norm of its decoder row (Conerly et al. 2024), for
/// decoders that are not held at unit length.
/// </summary>
internal sealed unsafe class ReluArchitecture : TrainingArchitecture
{
    private readonly PinnedBuffer<float> _norms;

    public ReluArchitecture(EngineSettings settings, TrainingWeights weights)
        : base(settings, weights)
    {
        _norms = new PinnedBuffer<float>(weights.Latents);

        // A weighted penalty of a constant weight had sparse steps alone before others could be steered: it keeps its bits.
        DenseCode = !settings.WeightsByDecoderNorm ? new ReluDenseCode(weights.Latents)
            : settings.ControlledL0 > 0 ? new WeightedReluDenseCode(_norms.Pointer, weights.Latents)
            : null;
    }

    /// <summary>The first extra of an entry is the value itself, for the decoder's part of a weighted penalty.</summary>
    public override bool KeepsExtras => Settings.WeightsByDecoderNorm;

    public override DenseCode? DenseCode { get; }

    protected override void Prepare()
    {
        if (Settings.WeightsByDecoderNorm)
        {
            for (var latent = 0; latent < Weights.Latents; latent++)
            {
                _norms.Pointer[latent] = (float)Math.Sqrt(Reductions.SumOfSquares(Weights.Decoder.Values.Row(latent)));
            }
        }
    }

    public override void Select(float* row, EntryBlock entries)
    {
        entries.Reserve(Weights.Latents, KeepsExtras);
        RowSelection.Positive(row, Weights.Latents, entries);
    }

    public override void AddDecoderPenalty(int latent, float firstSum, float* gradient)
    {
        if (Settings.WeightsByDecoderNorm && _norms.Pointer[latent] > 0)
        {
            RowKernels.MultiplyAdd(gradient, Weights.Decoder.Row(latent), firstSum / _norms.Pointer[latent], Vectors);
        }
    }

    protected override double Backward(in RowPass row)
    {
        var entries = row.Entries;
        var weighted = Settings.WeightsByDecoderNorm;
        var sum = 0.0;
        for (var n = row.From; n < row.From + row.Count; n++)
        {
            var norm = weighted ? _norms.Pointer[entries.Latents[n]] : 1;
            entries.Gradients[n] = MathF.FusedMultiplyAdd(row.Scale, entries.Gradients[n], row.Penalty * norm);
            sum += entries.Values[n] * norm;
            if (weighted)
            {
                entries.First[n] = row.Penalty * entries.Values[n];
                entries.Second[n] = 0;
            }
        }

        return sum;
    }
}
