using Husai.Analysis.Similarity;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;

namespace Husai.Analysis.Circuits;

/// <summary>
/// The "Fourier overlap" of the original project, kept to show that it is chance: it compares vectors of activation space with waves over
/// tokens, after cutting (or padding with zeros) the former to p coordinates. The two spaces have nothing to do with each other.
/// </summary>
internal static class FourierOverlapAsPublished
{
    /// <summary>Mean over decoder rows of the largest cosine with any of the waves cos and sin of 2 pi k x / p, k = 0 .. p - 1.</summary>
    /// <param name="decoder"><c>[latents, width]</c>.</param>
    /// <param name="modulus">The modulus p, odd.</param>
    public static double Of(Matrix decoder, int modulus)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        var waves = new FourierWaves(modulus);
        var used = Math.Min(modulus, decoder.Columns);
        var rows = UnitRows.Of(decoder.SliceColumns(0, used));
        var sum = 0.0;
        for (var row = 0; row < rows.Rows; row++)
        {
            sum += Best(rows.Row(row), waves);
        }

        return sum / rows.Rows;
    }

    private static double Best(ReadOnlySpan<float> row, FourierWaves waves)
    {
        // Frequency 0: the constant, and a sine of zeros.
        var best = Math.Max(0, Reductions.Sum(row) / Math.Sqrt(waves.Modulus));
        var scale = Math.Sqrt(2.0 / waves.Modulus);
        for (var k = 1; k <= waves.Frequencies; k++)
        {
            double cosine = 0, sine = 0;
            for (var x = 0; x < row.Length; x++)
            {
                cosine += row[x] * waves.Cosine(k, x);
                sine += row[x] * waves.Sine(k, x);
            }

            // The sine of p - k is that of k negated, so either sign of it is found.
            best = Math.Max(best, scale * Math.Max(cosine, Math.Abs(sine)));
        }

        return best;
    }
}
