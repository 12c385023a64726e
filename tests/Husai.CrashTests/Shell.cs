using System.Diagnostics;

namespace Husai.CrashTests;

/// <summary>Commands of the system.</summary>
internal static class Shell
{
    /// <summary>Runs a script.</summary>
    /// <returns>Its standard output, without the end of the line.</returns>
    /// <exception cref="InvalidOperationException">It fails; the message is what it says.</exception>
    public static string Run(string script)
    {
        var start = new ProcessStartInfo("bash")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { "-c", script },
        };
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException(error.Result.Trim().ReplaceLineEndings(" "));
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new InvalidOperationException(error.Message, error);
        }
    }
}
