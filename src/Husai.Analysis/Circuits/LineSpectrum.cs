using System.Runtime.Intrinsics;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Circuits;

/// <summary>
/// Coefficients of maps over the inputs (a, b) in the waves that run along a, b, a + b and a - b. Over the full grid these waves are
/// orthonormal (scaled by sqrt 2 / p), so a coefficient is a regression and its square a share of power.
/// </summary>
internal sealed class LineSpectrum
{
    private const int Lines = 4;
    private readonly double[][] _coefficients;
    private readonly double[] _means;
    private readonly double[] _powers;

    private LineSpectrum(FourierWaves waves, int maps)
    {
        Waves = waves;
        _coefficients = new double[maps][];
        _means = new double[maps];
        _powers = new double[maps];
    }

    /// <summary>The waves.</summary>
    public FourierWaves Waves { get; }

    /// <summary>Number of maps.</summary>
    public int Maps => _means.Length;

    /// <summary>Number of frequencies.</summary>
    public int Frequencies => Waves.Frequencies;

    /// <summary>Computes the coefficients of each map: sums along the lines first, then a transform over p residues.</summary>
    /// <param name="maps"><c>[maps, p²]</c>: one map a row, the value at (a, b) in column a p + b.</param>
    /// <param name="modulus">The modulus p, odd.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <exception cref="ArgumentException">The maps do not have p² values.</exception>
    public static LineSpectrum Of(Matrix maps, int modulus, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(maps);
        var waves = new FourierWaves(modulus);
        if (maps.Columns != (long)modulus * modulus)
        {
            throw new ArgumentException($"maps are {maps.Shape} where [maps, {modulus}²] is needed", nameof(maps));
        }

        var spectrum = new LineSpectrum(waves, maps.Rows);
        (workers ?? Workers.Alone).For(maps.Rows, (map, _) => spectrum.Transform(map, maps.Row(map)));
        return spectrum;
    }

    /// <summary>Mean of a map.</summary>
    public double Mean(int map) => _means[map];

    /// <summary>Sum of the squares of a map about its mean.</summary>
    public double TotalPower(int map) => _powers[map];

    /// <summary>Coefficient of the unit wave cos(w_k line).</summary>
    public double Cosine(int map, GridLine line, int frequency) => _coefficients[map][Index(line, frequency)];

    /// <summary>Coefficient of the unit wave sin(w_k line).</summary>
    public double Sine(int map, GridLine line, int frequency) => _coefficients[map][Index(line, frequency) + 1];

    /// <summary>Power in both waves of a line and frequency.</summary>
    public double Power(int map, GridLine line, int frequency)
    {
        var index = Index(line, frequency);
        var coefficients = _coefficients[map];
        return coefficients[index] * coefficients[index] + coefficients[index + 1] * coefficients[index + 1];
    }

    /// <summary>The spectrum of some of the maps.</summary>
    /// <param name="maps">Their indices.</param>
    internal LineSpectrum Select(int[] maps)
    {
        var selected = new LineSpectrum(Waves, maps.Length);
        for (var i = 0; i < maps.Length; i++)
        {
            selected._coefficients[i] = _coefficients[maps[i]];
            selected._means[i] = _means[maps[i]];
            selected._powers[i] = _powers[maps[i]];
        }

        return selected;
    }

    private int Index(GridLine line, int frequency) => ((int)line * Frequencies + frequency - 1) * 2;

    private void Transform(int map, ReadOnlySpan<float> values)
    {
        var sums = LineSums.Of(values, Waves.Modulus);
        var total = 0.0;
        foreach (var lines in sums)
        {
            total += lines[(int)GridLine.First];
        }

        var mean = total / values.Length;
        var power = 0.0;
        foreach (var value in values)
        {
            power += (value - mean) * (value - mean);
        }

        (_means[map], _powers[map]) = (mean, power);
        _coefficients[map] = new double[Lines * Frequencies * 2];
        var scale = Math.Sqrt(2) / Waves.Modulus;
        for (var frequency = 1; frequency <= Frequencies; frequency++)
        {
            var (cosines, sines) = Products(sums, frequency);
            for (var line = 0; line < Lines; line++)
            {
                var index = Index((GridLine)line, frequency);
                _coefficients[map][index] = scale * cosines[line];
                _coefficients[map][index + 1] = scale * sines[line];
            }
        }
    }

    // Each line is a lane, with one sum in order of the residues.
    private (Vector256<double> Cosines, Vector256<double> Sines) Products(Vector256<double>[] sums, int frequency)
    {
        var cosineTable = Waves.Cosines;
        var sineTable = Waves.Sines;
        var (cosines, sines) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var place = 0;
        foreach (var lines in sums)
        {
            cosines += lines * Vector256.Create(cosineTable[place]);
            sines += lines * Vector256.Create(sineTable[place]);
            place += frequency;
            place -= place >= sums.Length ? sums.Length : 0;
        }

        return (cosines, sines);
    }
}
