using System.Diagnostics;
using System.Globalization;
using TorchSharp;

namespace Husai.Libtorch;

/// <summary>Times steps, alone or by turns with another program.</summary>
internal static class Clock
{
    private const double SecondsAlone = 5;
    private const double SecondsOfRound = 0.5;

    /// <summary>Measures.</summary>
    /// <param name="step">One step; everything that it makes is freed after it.</param>
    /// <param name="name">What is measured.</param>
    /// <param name="threads">Threads of libtorch.</param>
    /// <param name="isByRounds">Whether a round is run, and its times are printed, for every line of the input.</param>
    public static void Measure(Action step, string name, int threads, bool isByRounds)
    {
        torch.set_num_threads(threads);
        Run(step, 0);
        if (isByRounds)
        {
            Console.WriteLine();
            while (Console.ReadLine() is not null)
            {
                var seconds = Run(step, SecondsOfRound).Select(time => time.ToString("R", CultureInfo.InvariantCulture));
                Console.WriteLine(string.Join(' ', seconds));
            }

            return;
        }

        var times = Run(step, SecondsAlone).Order().ToArray();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"libtorch {torch.__version__}, {name}, threads={threads}: median {times[times.Length / 2] * 1e3:F2} ms, "
                + $"fastest tenth {times[times.Length / 10] * 1e3:F2} ms"));
    }

    private static List<double> Run(Action step, double seconds)
    {
        var times = new List<double>();
        for (var start = Stopwatch.StartNew(); times.Count == 0 || start.Elapsed.TotalSeconds < seconds;)
        {
            var begin = Stopwatch.GetTimestamp();
            using (torch.NewDisposeScope())
            {
                step();
            }

            times.Add(Stopwatch.GetElapsedTime(begin).TotalSeconds);
        }

        return times;
    }
}
