namespace Husai.Reporting.Pages;

/// <summary>The style sheet of the report, which the explorer begins with.</summary>
internal static class ReportStyle
{
    /// <summary>The text of the sheet.</summary>
    public static string Text { get; } = Read();

    private static string Read()
    {
        using var stream = typeof(ReportStyle).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
