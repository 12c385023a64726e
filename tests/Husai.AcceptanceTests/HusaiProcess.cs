using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Husai.AcceptanceTests;

/// <summary>Runs the built program, which lies beside the tests, as a process of its own.</summary>
internal sealed class HusaiProcess : IDisposable
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private bool _isDisposed;

    private HusaiProcess(ProcessStartInfo startInfo)
    {
        _process = new Process { StartInfo = startInfo };
        _process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Append(_error, line.Data);
        _process.Start();
        _process.StandardInput.Close();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>What the process has written to standard error so far, whole lines.</summary>
    public string ErrorSoFar
    {
        get
        {
            lock (_error)
            {
                return _error.ToString();
            }
        }
    }

    /// <summary>What the process has written to standard output so far, whole lines.</summary>
    public string OutputSoFar
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Runs the program with these arguments to its end.</summary>
    public static HusaiResult Run(params string[] arguments) => Start(arguments).Wait();

    /// <summary>Runs the program with further environment variables to its end.</summary>
    public static HusaiResult RunWith(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        Start(arguments, environment).Wait();

    /// <summary>Runs the program from a shell to its end.</summary>
    /// <param name="script">What the shell does; <c>"$@"</c> is the program with its arguments, as in <c>exec "$@"
    /// 2&gt;/dev/full</c>.</param>
    /// <param name="arguments">The arguments.</param>
    public static HusaiResult RunInShell(string script, params string[] arguments) => Start(arguments, script: script).Wait();

    /// <summary>Starts the program, from a shell if there is a script, and returns while it runs.</summary>
    public static HusaiProcess Start(
        IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? workingDirectory = null,
        string? script = null)
    {
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        List<string> command =
        [
            .. IgnoredSignals() is { Length: > 0 } ignored ? (string[])["env", $"--default-signal={ignored}"] : [],
            .. script is null ? (string[])[] : ["sh", "-c", script, "sh"],
            host,
        ];
        var startInfo = new ProcessStartInfo(command[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory ?? AppContext.BaseDirectory,
        };
        foreach (var word in command.Skip(1))
        {
            startInfo.ArgumentList.Add(word);
        }

        startInfo.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "husai.dll"));
        foreach (var argument in arguments)
        {
            startInfo.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            startInfo.Environment[name] = value;
        }

        return new HusaiProcess(startInfo);
    }

    // A shell's background job ignores SIGINT, and what nohup runs SIGHUP; so does everything they start, and the tests may be run from
    // one.
    private static string IgnoredSignals()
    {
        const string status = "/proc/self/status";
        const string field = "SigIgn:";
        var line = File.Exists(status)
            ? File.ReadLines(status).FirstOrDefault(text => text.StartsWith(field, StringComparison.Ordinal))
            : null;
        var mask = line is null ? 0 : ulong.Parse(line[field.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return string.Join(',', new[] { (Name: "HUP", Number: 1), (Name: "INT", Number: 2) }
            .Where(signal => (mask & (1UL << (signal.Number - 1))) != 0).Select(signal => signal.Name));
    }

    /// <summary>Sends SIGINT, as Ctrl-C does.</summary>
    public void Interrupt() => Signal("INT");

    /// <summary>Sends SIGHUP, as a terminal that is closed does.</summary>
    public void HangUp() => Signal("HUP");

    /// <summary>Sends SIGTERM, as a scheduler does.</summary>
    public void Terminate() => Signal("TERM");

    /// <summary>Sends the signal of this name, such as "INT".</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Ends the process at once, as a power cut would.</summary>
    /// <param name="entireTree">Whether what it started ends with it.</param>
    public void Kill(bool entireTree = true) => _process.Kill(entireTree);

    /// <summary>Waits for the end, but not for longer than this.</summary>
    /// <returns>Whether it has ended.</returns>
    public bool WaitForExit(TimeSpan timeout) => _process.WaitForExit(timeout);

    /// <summary>Waits until <paramref name="condition"/> holds, while the process runs.</summary>
    /// <exception cref="TimeoutException">It did not come to hold.</exception>
    public void WaitUntil(Func<bool> condition, TimeSpan? timeout = null)
    {
        var waited = Stopwatch.StartNew();
        while (!condition())
        {
            if (_process.HasExited || waited.Elapsed > (timeout ?? DefaultTimeout))
            {
                throw new TimeoutException($"not reached after {waited.Elapsed}; exited: {_process.HasExited}; stderr:\n{ErrorSoFar}");
            }

            Thread.Sleep(10);
        }
    }

    /// <summary>Waits for the end. A process that takes longer is killed.</summary>
    /// <exception cref="TimeoutException">It took longer than <paramref name="timeout"/> (two minutes unless given).</exception>
    public HusaiResult Wait(TimeSpan? timeout = null)
    {
        using (this)
        {
            if (!_process.WaitForExit(timeout ?? DefaultTimeout))
            {
                Kill();
                throw new TimeoutException(
                    $"husai {string.Join(' ', _process.StartInfo.ArgumentList.Skip(1))} took too long; stderr:\n{ErrorSoFar}");
            }

            // Without a limit, this also waits for the last lines of both streams.
            _process.WaitForExit();
            return new HusaiResult(_process.ExitCode, _output.ToString(), _error.ToString());
        }
    }

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (text)
            {
                text.Append(line).Append('\n');
            }
        }
    }
}
