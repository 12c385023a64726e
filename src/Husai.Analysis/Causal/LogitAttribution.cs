using Husai.Analysis.Circuits;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;

namespace Husai.Analysis.Causal;

/// <summary>
/// The direct effect of a latent on the logits of the answers, by frequency. Exact where the site is read by the unembedding alone.
/// </summary>
/// <param name="Frequency">The frequency over the answers c that holds most of the effect's power.</param>
/// <param name="Share">Its share of the power about the mean; 0 when there is no effect.</param>
internal sealed record LogitAttribution(int Frequency, double Share)
{
    /// <summary>Attributes each direction.</summary>
    /// <param name="directions"><c>[latents, width]</c>.</param>
    /// <param name="unembedding"><c>[width, p]</c>.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <exception cref="ArgumentException">The widths differ.</exception>
    public static LogitAttribution[] Of(Matrix directions, Matrix unembedding, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(directions);
        ArgumentNullException.ThrowIfNull(unembedding);
        if (directions.Columns != unembedding.Rows)
        {
            throw new ArgumentException($"directions are {directions.Shape} but the unembedding {unembedding.Shape}", nameof(unembedding));
        }

        var effects = new Matrix(directions.Rows, unembedding.Columns);
        MatrixProduct.Multiply(effects, directions, unembedding, workers: workers);
        var waves = new FourierWaves(unembedding.Columns);
        return [.. Enumerable.Range(0, effects.Rows).Select(row => OfEffect(effects.Row(row), waves))];
    }

    private static LogitAttribution OfEffect(ReadOnlySpan<float> effect, FourierWaves waves)
    {
        double best = 0, total = 0;
        var frequency = 0;
        for (var k = 1; k <= waves.Frequencies; k++)
        {
            double cosine = 0, sine = 0;
            for (var c = 0; c < effect.Length; c++)
            {
                cosine += effect[c] * waves.Cosine(k, c);
                sine += effect[c] * waves.Sine(k, c);
            }

            var power = cosine * cosine + sine * sine;
            total += power;
            if (power > best)
            {
                (best, frequency) = (power, k);
            }
        }

        return new LogitAttribution(frequency, total > 0 ? best / total : 0);
    }
}
