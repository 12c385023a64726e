using System.Runtime.CompilerServices;

namespace Husai.AcceptanceTests.Hosting;

/// <summary>
/// A theory that needs a pseudo-terminal, from <c>script</c> of util-linux; without it the theory is reported as skipped.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TerminalTheoryAttribute : TheoryAttribute
{
    public TerminalTheoryAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        const string program = "/usr/bin/script";
        if (!OperatingSystem.IsLinux() || !File.Exists(program))
        {
            Skip = $"no {program} on this machine";
        }
    }
}
