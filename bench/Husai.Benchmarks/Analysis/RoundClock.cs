using System.Diagnostics;
using System.Globalization;

namespace Husai.Benchmarks.Analysis;

/// <summary>How long the products of a certified match take, and what lies between them.</summary>
internal sealed class RoundClock
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private double _start;
    private double _end;

    public double Products { get; private set; }

    public double Total => _clock.Elapsed.TotalSeconds;

    public void Report(int round, double share)
    {
        var now = Total;
        if (share == 0)
        {
            _start = now;
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round}: {now - _end:F1} s before it"));
        }
        else if (share == 1)
        {
            _end = now;
            Products += now - _start;
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round}: product {now - _start:F1} s"));
        }
    }
}
