using Husai.Numerics.Matrices;

namespace Husai.Analysis.Circuits;

/// <summary>Measures latents by their maps over all inputs (a, b).</summary>
internal static class LatentFunctions
{
    private const double PureShare = 0.85;
    private const double HarmonicShare = 0.8;
    private const double DependsOnlyShare = 0.9;
    private const double DetectorShare = 0.5;
    private const int Harmonics = 3;

    /// <summary>Measures each map.</summary>
    /// <param name="maps"><c>[latents, p²]</c>: one map a row.</param>
    /// <param name="spectrum">The spectrum of these maps.</param>
    /// <exception cref="ArgumentException">The spectrum is of other maps.</exception>
    public static LatentFunction[] Of(Matrix maps, LineSpectrum spectrum)
    {
        ArgumentNullException.ThrowIfNull(maps);
        ArgumentNullException.ThrowIfNull(spectrum);
        if (maps.Rows != spectrum.Maps)
        {
            throw new ArgumentException($"maps are {maps.Shape} but the spectrum is of {spectrum.Maps}", nameof(spectrum));
        }

        return [.. Enumerable.Range(0, maps.Rows).Select(map => Measure(map, maps.Row(map), spectrum))];
    }

    private static LatentFunction Measure(int map, ReadOnlySpan<float> values, LineSpectrum spectrum)
    {
        var active = 0;
        foreach (var value in values)
        {
            active += value > 0 ? 1 : 0;
        }

        var duty = active / (double)values.Length;
        var power = spectrum.TotalPower(map);
        var scale = Math.Abs(spectrum.Mean(map));
        // Rounding leaves a constant map with some power; it is not a signal.
        if (active == 0 || power <= 1e-12 * values.Length * scale * scale)
        {
            return new LatentFunction(LatentClass.Dead, 0, duty, 0, 0, 0, 0, 0, 0, 0, 0);
        }

        double purity = 0, single = 0, sumAny = 0, first = 0, second = 0, h3 = 0;
        int purityFrequency = 0, h3Frequency = 0;
        for (var k = 1; k <= spectrum.Frequencies; k++)
        {
            var lines = Enum.GetValues<GridLine>().Select(line => spectrum.Power(map, line, k) / power).ToArray();
            first += lines[(int)GridLine.First];
            second += lines[(int)GridLine.Second];
            sumAny += lines[(int)GridLine.Sum];
            single = Math.Max(single, lines.Max());
            if (lines.Sum() > purity)
            {
                (purity, purityFrequency) = (lines.Sum(), k);
            }

            var harmonics = HarmonicPower(map, k, spectrum) / power;
            if (harmonics > h3)
            {
                (h3, h3Frequency) = (harmonics, k);
            }
        }

        var operand = Math.Max(first, second);
        var kind = operand >= DependsOnlyShare ? LatentClass.Operand
            : purity >= PureShare || (h3 >= HarmonicShare && sumAny >= DependsOnlyShare) ? LatentClass.SingleFrequency
            : sumAny >= DependsOnlyShare && h3 < DetectorShare ? LatentClass.AnswerDetector
            : LatentClass.Mixed;
        return new LatentFunction(
            kind, power / values.Length, duty, purity, purityFrequency, single, sumAny, operand, h3, h3Frequency,
            RectifierCeiling.At(duty));
    }

    // Only for frequencies stronger than their own harmonics: otherwise a pure wave of k would count as much for k / 2 and k / 3.
    private static double HarmonicPower(int map, int frequency, LineSpectrum spectrum)
    {
        const double tolerance = 1e-6;
        var fundamental = spectrum.Power(map, GridLine.Sum, frequency);
        var sum = fundamental;
        var counted = new HashSet<int> { frequency };
        for (var harmonic = 2; harmonic <= Harmonics; harmonic++)
        {
            var folded = spectrum.Waves.Fold(harmonic * frequency);
            // For p = 3 the third harmonic is constant, and for small p two harmonics can be one wave.
            var power = folded > 0 && counted.Add(folded) ? spectrum.Power(map, GridLine.Sum, folded) : 0;
            if (power > fundamental * (1 + tolerance))
            {
                return 0;
            }

            sum += power;
        }

        return sum;
    }
}
