using System.Diagnostics;

namespace Husai.Benchmarks;

/// <summary>Times of what is compared in turns.</summary>
internal static class Timing
{
    /// <summary>Seconds that work takes.</summary>
    public static double Seconds(Action work)
    {
        var clock = Stopwatch.StartNew();
        work();
        return clock.Elapsed.TotalSeconds;
    }

    /// <summary>The middle one; of an even number the upper of the two.</summary>
    public static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
