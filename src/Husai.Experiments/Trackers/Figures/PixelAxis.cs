using System.Globalization;
using Husai.Numerics;

namespace Husai.Experiments;

/// <summary>An axis of a small figure: where a value lies, and which values are written beside it.</summary>
internal sealed class PixelAxis
{
    private const int MostTicks = 6;
    private readonly double _low;
    private readonly double _high;
    private readonly bool _isLogarithmic;

    private PixelAxis(string name, double low, double high, bool isLogarithmic) =>
        (Name, _low, _high, _isLogarithmic) = (name, low, high, isLogarithmic);

    public string Name { get; }

    /// <summary>An axis from one value to another.</summary>
    public static PixelAxis Linear(string name, double low, double high) =>
        new(name, low, high > low ? high : low + Math.Max(Math.Abs(low), 1), isLogarithmic: false);

    /// <summary>An axis over whole powers of ten around the values that are finite and above 0.</summary>
    public static PixelAxis Logarithmic(string name, IEnumerable<double> values)
    {
        var logarithms = values.Where(IsPositive).Select(Log10).DefaultIfEmpty(0).ToList();
        var low = Math.Floor(logarithms.Min());
        return new(name, low, Math.Max(Math.Ceiling(logarithms.Max()), low + 1), isLogarithmic: true);
    }

    /// <summary>Whether the axis has a place for a value.</summary>
    public bool Shows(double value) => _isLogarithmic ? IsPositive(value) : double.IsFinite(value);

    /// <summary>The place of a value, from 0 to 1.</summary>
    public double Position(double value) => Math.Clamp(((_isLogarithmic ? Log10(value) : value) - _low) / (_high - _low), 0, 1);

    /// <summary>The places and texts of round values.</summary>
    public IEnumerable<(double Position, string Text)> Ticks()
    {
        var step = _isLogarithmic ? Math.Ceiling((_high - _low) / MostTicks) : RoundStep((_high - _low) / MostTicks);
        for (var index = (long)Math.Ceiling(_low / step); index * step <= _high + step * 1e-9; index++)
        {
            var value = index * step;
            var text = _isLogarithmic ? FormattableString.Invariant($"1e{value}") : value.ToString("G6", CultureInfo.InvariantCulture);
            yield return ((value - _low) / (_high - _low), text);
        }
    }

    private static bool IsPositive(double value) => double.IsFinite(value) && value > 0;

    private static double Log10(double value) => Transcendental.Log(value) / Transcendental.Log(10);

    // The next of 1, 2, 5 times a power of ten.
    private static double RoundStep(double least)
    {
        var power = Transcendental.Pow(10, Math.Floor(Log10(least)));
        return new[] { 1.0, 2, 5 }.Select(factor => factor * power).FirstOrDefault(step => step >= least * (1 - 1e-9), 10 * power);
    }
}
