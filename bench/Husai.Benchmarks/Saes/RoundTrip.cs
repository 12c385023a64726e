using System.Diagnostics;

namespace Husai.Benchmarks.Saes;

/// <summary>
/// How long a line of cache takes from one thread to another and back. On a virtual machine that says where its processors are just now:
/// some 70 ns apart under one third-level cache, some 350 ns where there are two. What threads share of a training step costs accordingly.
/// </summary>
internal static class RoundTrip
{
    private const int Trips = 20_000;

    /// <summary>Median nanoseconds of ten series.</summary>
    public static double Nanoseconds() => StepTiming.Rounds.Middle(Enumerable.Range(0, 10).Select(_ => Series()));

    private static double Series()
    {
        var turn = 0;
        var other = new Thread(() =>
        {
            for (var trip = 0; trip < Trips; trip++)
            {
                while (Volatile.Read(ref turn) != 2 * trip + 1)
                {
                }

                Volatile.Write(ref turn, 2 * trip + 2);
            }
        });
        other.Start();
        var start = 0L;
        for (var trip = 0; trip < Trips; trip++)
        {
            Volatile.Write(ref turn, 2 * trip + 1);
            while (Volatile.Read(ref turn) != 2 * trip + 2)
            {
            }

            // The first half lets the scheduler find a processor for each.
            start = trip == Trips / 2 ? Stopwatch.GetTimestamp() : start;
        }

        var time = Stopwatch.GetElapsedTime(start).TotalNanoseconds / (Trips / 2);
        other.Join();
        return time;
    }
}
