using System.Runtime.InteropServices;

namespace Husai.Cli.Hosting;

/// <summary>
/// Ctrl-C, SIGTERM, SIGHUP (a terminal that is gone) and on Linux SIGUSR1 (how schedulers warn of a time limit) as a
/// cancellation token; a SIGHUP that the process was started to ignore, as by
/// <c>nohup</c>, stays ignored. The first signal asks the command to stop; a second one gets the
/// system's own treatment, which ends the process at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>SIGUSR1, which .NET has no name for, by its number on Linux.</summary>
    public const PosixSignal Warning = (PosixSignal)10;

    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _exitCode;
    private volatile bool _ignoresFurther;

    public CancellationToken Token => _source.Token;

    /// <summary>What the program returns if a command ended because of the signal; 0 before there was one.</summary>
    public int ExitCode => Volatile.Read(ref _exitCode);

    public static Interruption OfThisProcess()
    {
        var interruption = new Interruption();
        PosixSignal[] all = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
        foreach (var signal in OperatingSystem.IsLinux() ? [.. all, Warning] : all)
        {
            interruption._registrations.Add(
                PosixSignalRegistration.Create(signal, context => context.Cancel = interruption.Signal(context.Signal)));
        }

        return interruption;
    }

    /// <summary>
    /// From now on signals after the first change nothing: schedulers send several, to a shell and to what it runs, and end by force what
    /// takes too long.
    /// </summary>
    public void IgnoreFurtherSignals() => _ignoresFurther = true;

    /// <summary>Takes note of a signal.</summary>
    /// <returns>Whether it was the first, so that the process continues in order to stop cleanly.</returns>
    public bool Signal(PosixSignal signal)
    {
        var code = signal switch
        {
            PosixSignal.SIGTERM => Hosting.ExitCode.Terminated,
            PosixSignal.SIGHUP => Hosting.ExitCode.HungUp,
            Warning => Hosting.ExitCode.Warned,
            _ => Hosting.ExitCode.Interrupted,
        };
        if (Interlocked.CompareExchange(ref _exitCode, code, 0) != 0)
        {
            return _ignoresFurther;
        }

        // Callbacks of the token may take their time, and the thread that delivers signals must not wait for them.
        _ = _source.CancelAsync();
        return true;
    }

    /// <summary>Ends work that does not come to its end within some time of the signal.</summary>
    /// <param name="grace">How long it may take.</param>
    /// <param name="end">Called with the exit code, on a thread of its own, unless the limit was disposed of before.</param>
    public IDisposable EndAfter(TimeSpan grace, Action<int> end)
    {
        var timer = new Timer(_ => end(ExitCode), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var registration = Token.UnsafeRegister(_ => timer.Change(grace, Timeout.InfiniteTimeSpan), null);
        return new Limit(timer, registration);
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private sealed class Limit(Timer timer, CancellationTokenRegistration registration) : IDisposable
    {
        public void Dispose()
        {
            registration.Dispose();
            timer.Dispose();
        }
    }
}
