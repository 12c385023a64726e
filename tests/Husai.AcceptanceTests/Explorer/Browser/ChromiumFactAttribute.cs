using System.Runtime.CompilerServices;

namespace Husai.AcceptanceTests.Explorer.Browser;

/// <summary>A fact that needs Chromium; without it it is reported as skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        if (Program is null)
        {
            Skip = "no Chromium on this machine (package chromium of Debian)";
        }
    }

    /// <summary>The browser's program, or null.</summary>
    public static string? Program { get; } =
        ((string[])["/usr/bin/chromium", "/usr/bin/chromium-browser"]).FirstOrDefault(File.Exists);
}
