namespace Husai.Numerics.Tests.Kernels;

/// <summary>Comparison of single precision results with double precision references.</summary>
internal static class Close
{
    /// <summary>Half a unit in the last place of a float, relative: the rounding of one operation.</summary>
    public const double Rounding = 1.0 / (1 << 24);

    /// <summary>
    /// Fails unless the two differ by at most this many roundings of the larger of <paramref name="scale"/> and the expected value;
    /// NaN and infinities must be equal.
    /// </summary>
    public static void Equal(double expected, double actual, double roundings, double scale = 1, string? at = null)
    {
        if (!double.IsFinite(expected))
        {
            Assert.True(expected.Equals(actual), $"{actual} where {expected} is expected {at}");
            return;
        }

        var tolerance = roundings * Rounding * Math.Max(scale, Math.Abs(expected));
        Assert.True(Math.Abs(actual - expected) <= tolerance, $"{actual:R} where {expected:R} +- {tolerance:g2} is expected {at}");
    }
}
