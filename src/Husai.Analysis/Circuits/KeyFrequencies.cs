using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Circuits;

/// <summary>The frequencies that a model computes with.</summary>
internal static class KeyFrequencies
{
    /// <summary>Frequencies that hold more than a share of the logits' power along a + b, ascending.</summary>
    /// <param name="logits"><c>[p², p]</c>: the row of input (a, b) is a p + b.</param>
    /// <param name="modulus">The modulus p, odd.</param>
    /// <param name="minimumShare">Share of the power over all frequencies; 2% separates key frequencies from the rest in practice.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public static IReadOnlyList<int> OfLogits(Matrix logits, int modulus, double minimumShare = 0.02, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(logits);
        var power = SumPower(LineSpectrum.Of(logits.Transpose(), modulus, workers));
        var total = power.Sum();
        return [.. Enumerable.Range(1, power.Length).Where(k => power[k - 1] > minimumShare * total)];
    }

    /// <summary>Power along a + b of each frequency, over all maps.</summary>
    internal static double[] SumPower(LineSpectrum spectrum)
    {
        var power = new double[spectrum.Frequencies];
        for (var map = 0; map < spectrum.Maps; map++)
        {
            for (var k = 1; k <= power.Length; k++)
            {
                power[k - 1] += spectrum.Power(map, GridLine.Sum, k);
            }
        }

        return power;
    }
}
