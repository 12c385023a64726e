using System.Runtime.CompilerServices;

namespace Husai.Reporting.Tests.Pages;

/// <summary>A theory that needs a browser; without one it is reported as skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        if (Browser.Executable is null)
        {
            Skip = "no Chromium on this machine's path";
        }
    }
}
