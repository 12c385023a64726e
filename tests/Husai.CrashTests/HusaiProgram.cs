using System.Diagnostics;
using System.Text;

namespace Husai.CrashTests;

/// <summary>The built program, which lies beside this one, as a process.</summary>
internal sealed class HusaiProgram : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);
    private readonly Process _process;
    private readonly StringBuilder _error = new();

    private HusaiProgram(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_error)
            {
                _error.AppendLine(line.Data);
            }
        };
        _process.Start();
        _process.StandardInput.Close();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public bool HasExited => _process.HasExited;

    public int ProcessId => _process.Id;

    /// <summary>Starts the program.</summary>
    /// <param name="arguments">Its command line.</param>
    /// <param name="script">A shell script around it, which runs it as <c>"$@"</c>; null for none.</param>
    public static HusaiProgram Start(IReadOnlyList<string> arguments, string? script = null)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(script is null ? dotnet : "bash")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] command = [Path.Combine(AppContext.BaseDirectory, "husai.dll"), .. arguments];
        foreach (var argument in script is null ? command : ["-c", script, "husai", dotnet, .. command])
        {
            start.ArgumentList.Add(argument);
        }

        return new HusaiProgram(new Process { StartInfo = start });
    }

    /// <summary>Runs the program to its end.</summary>
    public static (int ExitCode, string Error) Run(IReadOnlyList<string> arguments, string? script = null)
    {
        using var program = Start(arguments, script);
        return program.Wait();
    }

    /// <summary>Waits until something holds, or the program has ended.</summary>
    /// <returns>Whether it is still running.</returns>
    public bool WaitUntil(Func<bool> condition)
    {
        while (!condition() && !_process.HasExited)
        {
            Thread.Sleep(1);
        }

        return !_process.HasExited;
    }

    /// <summary>Ends it at once.</summary>
    /// <returns>Whether it was still running.</returns>
    public bool Kill()
    {
        var isRunning = !_process.HasExited;
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        return isRunning;
    }

    /// <summary>Waits for the end; what takes minutes is killed, and has the exit code -1.</summary>
    public (int ExitCode, string Error) Wait()
    {
        if (!_process.WaitForExit(Longest))
        {
            Kill();
            return (-1, "took too long");
        }

        _process.WaitForExit();
        lock (_error)
        {
            return (_process.ExitCode, _error.ToString().Trim());
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }
}
