using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Husai.AcceptanceTests.Python;

/// <summary>A fact that needs Python with numpy; without them it is reported as skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        if (Interpreter is null)
        {
            Skip = "no python3 with numpy on this machine";
        }
    }

    /// <summary>The first Python that has numpy, or null.</summary>
    public static string? Interpreter { get; } =
        ((string[])["/usr/bin/python3", "python3"]).FirstOrDefault(python => Succeeds(python, "-c", "import numpy"));

    private static bool Succeeds(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
