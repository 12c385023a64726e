using System.ComponentModel;
using System.Diagnostics;

namespace Husai.Experiments.Clusters.Launchers.Slurm;

/// <summary>Runs a command of Slurm.</summary>
internal static class SlurmCommand
{
    // Commands try for about a minute to reach a controller that is restarted.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Runs a command that must succeed.</summary>
    /// <returns>Its standard output.</returns>
    /// <exception cref="LauncherException">It could not be started, failed or did not end.</exception>
    public static string Run(string program, params IReadOnlyList<string> arguments)
    {
        var (code, output, error) = Try(program, arguments);
        return code == 0 ? output : throw Failure(program, arguments, $"exit code {code}: {OneLine(error.Length > 0 ? error : output)}");
    }

    /// <summary>Runs a command.</summary>
    /// <returns>Its exit code and what it printed.</returns>
    /// <exception cref="LauncherException">It could not be started, or did not end.</exception>
    public static (int Code, string Output, string Error) Try(string program, params IReadOnlyList<string> arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                RedirectStandardInput = true,
            })!;
            process.StandardInput.Close();
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                throw Failure(program, arguments, FormattableString.Invariant($"no answer after {Patience.TotalMinutes} minutes"));
            }

            return (process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
        }
        catch (Win32Exception)
        {
            throw new LauncherException(
                $"'{program}' is not on the path: submit from a machine with Slurm's commands, or use --cluster script");
        }
    }

    private static LauncherException Failure(string program, IReadOnlyList<string> arguments, string reason) =>
        new($"'{string.Join(' ', [program, .. arguments.Select(ShellText.Quote)])}' failed: {reason}");

    private static string OneLine(string text) =>
        string.Join("; ", text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
