using Husai.Numerics.Kernels;
using Husai.Numerics.Parallelism;

namespace Husai.Autoencoders.Engine;

/// <summary>
/// Norms of the decoder's rows in a step. Latents are chosen by pre-activation times norm, as if the decoder had rows of length 1; what is
/// chosen is decoded as ever. That is the choice of <c>f = p |w|</c> decoded by <c>w / |w|</c>, in whose gradients the norm cancels.
/// </summary>
/// <param name="weights">The weights.</param>
internal sealed unsafe class DecoderNorms(TrainingWeights weights)
{
    private const int LatentsPerBlock = 256;

    // As in the folding into saved weights.
    private const double Least = 1e-8;

    private readonly float[] _norms = new float[weights.Latents];

    /// <summary>Takes the norms of the rows as they are.</summary>
    public void Measure(Workers workers) => workers.For((_norms.Length + LatentsPerBlock - 1) / LatentsPerBlock, (block, _) =>
    {
        for (var latent = block * LatentsPerBlock; latent < Math.Min((block + 1) * LatentsPerBlock, _norms.Length); latent++)
        {
            _norms[latent] = (float)Math.Max(Math.Sqrt(Reductions.SumOfSquares(weights.Decoder.Values.Row(latent))), Least);
        }
    });

    /// <summary>Multiplies pre-activations of all latents.</summary>
    public void Multiply(Span<float> row) => Elementwise.Multiply(row, _norms);

    /// <summary>Divides the values of entries.</summary>
    public void Divide(EntryBlock entries)
    {
        for (var entry = 0; entry < entries.Count; entry++)
        {
            entries.Values[entry] /= _norms[entries.Latents[entry]];
        }
    }
}
