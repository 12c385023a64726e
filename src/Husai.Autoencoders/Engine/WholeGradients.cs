using Husai.Autoencoders.Architectures;
using Husai.Numerics.Kernels;
using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Engine;

/// <summary>The gradients of all latents at once, for the bound on the norm of all parameters' gradient together.</summary>
/// <param name="weights">The weights.</param>
/// <param name="groups">Groups of latents whose sums of squares are added in order.</param>
internal sealed unsafe class WholeGradients(TrainingWeights weights, int groups)
{
    private readonly Matrix _decoder = new(weights.Latents, weights.Decoder.Stride);
    private readonly Matrix _encoder = new(weights.Latents, weights.Decoder.Stride);
    private readonly Matrix _sums = new(3, weights.EncoderBias.Values.Columns);
    private readonly double[] _squares = new double[groups];

    /// <summary>Gradient of a decoder row, followed by that of the next.</summary>
    public float* Decoder(int latent) => Parameter.Address(_decoder, latent);

    /// <summary>Gradient of an encoder row, followed by that of the next.</summary>
    public float* Encoder(int latent) => Parameter.Address(_encoder, latent);

    /// <summary>Gradients of the biases and the own parameters from a latent on.</summary>
    public LatentSums Sums(int latent) => new(Sum(0, latent), Sum(1, latent), Sum(2, latent), penalty: 0);

    /// <summary>Takes the gradients of a group of latents; those of rows need no copy where they lie here already.</summary>
    /// <param name="group">Number of the group.</param>
    /// <param name="first">Its first latent.</param>
    /// <param name="count">Its latents.</param>
    /// <param name="sums">Gradients of biases and own parameters.</param>
    /// <param name="decoder">Gradients of the decoder rows.</param>
    /// <param name="encoder">Gradients of the encoder rows.</param>
    /// <param name="freeDecoders">The first decoder row of the group that learns.</param>
    /// <param name="freeEncoders">The first encoder row that learns.</param>
    /// <param name="ownSquares">Squared norm of the gradients of biases and own parameters.</param>
    public void Take(
        int group, int first, int count, in LatentSums sums, float* decoder, float* encoder, int freeDecoders, int freeEncoders,
        double ownSquares)
    {
        var size = count * sizeof(float);
        Buffer.MemoryCopy(sums.Gradients, Sum(0, first), size, size);
        Buffer.MemoryCopy(sums.First, Sum(1, first), size, size);
        Buffer.MemoryCopy(sums.Second, Sum(2, first), size, size);
        var squares = ownSquares + Move(decoder, Decoder(first), freeDecoders, count);
        _squares[group] = squares + Move(encoder, Encoder(first), freeEncoders, count);
    }

    /// <summary>
    /// Takes note of the gradients of decoder rows that lie here already, where these are all that a latent has; those before the first
    /// free one do not count.
    /// </summary>
    public void TakeDecoder(int group, int first, int count, int firstFree) =>
        _squares[group] = Move(Decoder(first), Decoder(first), firstFree, count);

    /// <summary>What gradients are to be multiplied with, so that the norm of all together is at most a bound.</summary>
    /// <param name="mostNorm">The bound.</param>
    /// <param name="furtherSquares">Squared norm of gradients that are not here.</param>
    public float FactorFor(double mostNorm, double furtherSquares)
    {
        var squares = furtherSquares;
        foreach (var part in _squares)
        {
            squares += part;
        }

        return squares > mostNorm * mostNorm ? (float)(mostNorm / Math.Sqrt(squares)) : 1;
    }

    /// <summary>Multiplies the gradients of some latents.</summary>
    public void Scale(int first, int count, float factor)
    {
        if (factor == 1)
        {
            return;
        }

        for (var sum = 0; sum < _sums.Rows; sum++)
        {
            Elementwise.Scale(new Span<float>(Sum(sum, first), count), factor);
        }

        for (var latent = first; latent < first + count; latent++)
        {
            RowKernels.Scale(Decoder(latent), factor, weights.Decoder.Vectors);
            RowKernels.Scale(Encoder(latent), factor, weights.Encoder.Vectors);
        }
    }

    private float* Sum(int number, int latent) => Parameter.Address(_sums, number) + latent;

    // Returns the squared norm of the rows from the first free one on.
    private double Move(float* source, float* target, int firstFree, int count)
    {
        var squares = 0.0;
        for (var n = 0; n < count; n++)
        {
            float* from = source + n * weights.Decoder.Stride, to = target + n * weights.Decoder.Stride;
            if (from != to)
            {
                RowKernels.Copy(to, from, weights.Decoder.Vectors);
            }

            squares += n < firstFree
                ? 0
                : Reductions.SumOfSquares(new ReadOnlySpan<float>(to, weights.Decoder.Vectors * Lanes.Count));
        }

        return squares;
    }
}
