namespace Husai.Formats.Fuzzing;

/// <summary>Ends the process when one input has been read for a minute.</summary>
internal sealed class Watchdog : IDisposable
{
    private readonly Timer _timer;
    private int _last = -1;

    public Watchdog(Fuzzer fuzzer, string target)
    {
        _timer = new Timer(
            _ =>
            {
                if (fuzzer.Current == _last)
                {
                    Console.WriteLine($"{target} {_last} hangs");
                    Environment.Exit(1);
                }

                _last = fuzzer.Current;
            },
            null,
            TimeSpan.FromMinutes(1),
            TimeSpan.FromMinutes(1));
    }

    public void Dispose() => _timer.Dispose();
}
