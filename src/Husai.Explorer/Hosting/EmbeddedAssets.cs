using Husai.Reporting.Pages;

namespace Husai.Explorer.Hosting;

/// <summary>The style sheet and the script, which come with the program.</summary>
internal static class EmbeddedAssets
{
    private static readonly Dictionary<string, (string ContentType, string Text)> Assets = new(StringComparer.Ordinal)
    {
        ["/explorer.css"] = ("text/css; charset=utf-8", ReportStyle.Text + Read("explorer.css")),
        ["/explorer.js"] = ("text/javascript; charset=utf-8", Read("explorer.js")),
    };

    public static (string ContentType, string Text)? Find(string path) => Assets.TryGetValue(path, out var asset) ? asset : null;

    private static string Read(string name)
    {
        using var stream = typeof(EmbeddedAssets).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
