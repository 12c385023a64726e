using Husai.Analysis.Circuits;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Causal;

/// <summary>
/// Coefficients of logits in the unit functions cos(w_k (a + b - c)) over inputs and answers: the model's algorithm in numbers (Nanda et
/// al. 2023, section 4.3).
/// </summary>
internal static class LogitCosines
{
    /// <summary>The coefficient of each frequency; index k - 1.</summary>
    /// <param name="logits"><c>[p², p]</c>.</param>
    /// <param name="modulus">The modulus p, odd.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public static double[] Of(Matrix logits, int modulus, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(logits);
        var spectrum = LineSpectrum.Of(logits.Transpose(), modulus, workers);
        var coefficients = new double[spectrum.Frequencies];
        for (var k = 1; k <= coefficients.Length; k++)
        {
            for (var answer = 0; answer < spectrum.Maps; answer++)
            {
                coefficients[k - 1] += spectrum.Waves.Cosine(k, answer) * spectrum.Cosine(answer, GridLine.Sum, k)
                    + spectrum.Waves.Sine(k, answer) * spectrum.Sine(answer, GridLine.Sum, k);
            }

            coefficients[k - 1] /= Math.Sqrt(modulus);
        }

        return coefficients;
    }
}
