using Husai.Autoencoders.Engine;
using Husai.Numerics.Kernels;

namespace Husai.Autoencoders.Architectures;

/// <summary>
/// ReLU with an L1 penalty (Bricken et al. 2023), optionally each latent weighted by the norm of its decoder row (Conerly et al. 2024), for
/// decoders that are not held at unit length.
/// </summary>
internal sealed unsafe class ReluArchitecture(EngineSettings settings, TrainingWeights weights) : TrainingArchitecture(settings, weights)
{
    private readonly float[] _norms = new float[weights.Latents];

    /// <summary>The first extra of an entry is the value itself, for the decoder's part of a weighted penalty.</summary>
    public override bool KeepsExtras => Settings.WeightsByDecoderNorm;

    public override DenseCode? DenseCode { get; } = settings.WeightsByDecoderNorm ? null : new ReluDenseCode(weights.Latents);

    protected override void Prepare()
    {
        if (Settings.WeightsByDecoderNorm)
        {
            for (var latent = 0; latent < _norms.Length; latent++)
            {
                _norms[latent] = (float)Math.Sqrt(Reductions.SumOfSquares(Weights.Decoder.Values.Row(latent)));
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
        if (Settings.WeightsByDecoderNorm && _norms[latent] > 0)
        {
            RowKernels.MultiplyAdd(gradient, Weights.Decoder.Row(latent), firstSum / _norms[latent], Vectors);
        }
    }

    protected override double Backward(in RowPass row)
    {
        var entries = row.Entries;
        var weighted = Settings.WeightsByDecoderNorm;
        var sum = 0.0;
        for (var n = row.From; n < row.From + row.Count; n++)
        {
            var norm = weighted ? _norms[entries.Latents[n]] : 1;
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
