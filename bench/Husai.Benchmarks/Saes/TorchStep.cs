using System.Diagnostics;
using System.Globalization;

namespace Husai.Benchmarks.Saes;

/// <summary>The PyTorch step, in a process of its own that computes when it is told to.</summary>
internal sealed class TorchStep : IDisposable
{
    private readonly Process _process;
    private readonly List<double> _times = [];
    private readonly List<double> _medians = [];

    private readonly string _program;

    /// <param name="program">A Python with PyTorch, for <c>bench/sae_step.py</c>, or the program that <c>bench/Husai.Libtorch</c>
    /// builds.</param>
    /// <param name="shape">Arguments of either.</param>
    public TorchStep(string program, string[] shape)
    {
        _program = program;
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var isPython = Path.GetFileName(program).StartsWith("python", StringComparison.Ordinal);
        foreach (var argument in (string[])[isPython ? "bench/sae_step.py" : "sae-step", .. shape, "--rounds"])
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        Read();
    }

    /// <summary>Median seconds of a step.</summary>
    public double Median => StepTiming.Rounds.Middle(_times);

    /// <summary>As of <see cref="StepTiming.Rounds"/>.</summary>
    public double FastestTenth => StepTiming.Rounds.Tenth(_times);

    /// <summary>Median over the rounds of the ratio of medians.</summary>
    public double RatioByRounds(StepTiming.Rounds other) =>
        StepTiming.Rounds.Middle(_medians.Zip(other.Medians, (own, others) => own / others));

    public void Run()
    {
        _process.StandardInput.WriteLine();
        _process.StandardInput.Flush();
        var times = Read();
        _times.AddRange(times);
        _medians.Add(StepTiming.Rounds.Middle(times));

        // OpenMP's threads spin for some milliseconds after their work.
        Thread.Sleep(50);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private double[] Read()
    {
        var line = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{_program} ended early");
        return [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
    }
}
