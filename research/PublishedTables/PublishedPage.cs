using Husai.Reporting.Figures;
using Husai.Reporting.Results;

namespace PublishedTables;

/// <summary>
/// Writes the page. Every number and every "within" follows from the studies; nothing of the machine or the time is in it.
/// </summary>
internal static class PublishedPage
{
    private static readonly string[] StudyNames = [
        PublishedStudies.Original, PublishedStudies.February, PublishedStudies.Seeds, PublishedStudies.Layers,
        PublishedStudies.Tasks, PublishedStudies.Right];

    /// <summary>The page, by its heading.</summary>
    public static ResultsPage Page { get; } = new("The published tables, repeated");

    public static void Write(PublishedStudies studies, string path)
    {
        var figures = PublishedFigures.Create(studies);
        ResultsPage.Write(path, figures, Text(studies, figures));
    }

    /// <summary>The page's text.</summary>
    internal static string Text(PublishedStudies studies, IReadOnlyList<ReportFigure> figures)
    {
        var text = new MarkdownText();
        text.Heading(1, Page.Heading).Paragraph(
            ResultsPage.Origin
            + " The tables of the paper \"SAE Features Match Random Baseline\" beside the same experiments repeated, as its code "
            + "made them: its task, its recipe, its measures. *The original's code, run again* is that code on other random numbers; "
            + "*spread* is how far such runs lie apart, and *within it* says whether ours lies no further from the published value or "
            + "from that run.");
        text.Paragraph("To make this page again, in the folder `research/PublishedTables/configs`:")
            .Code(string.Join('\n', Commands(studies)));
        TransformerSection.Write(text, studies);
        HeadlineSection.Write(text, studies);
        WidthSection.Write(text, studies);
        ResultsPage.Show(text, figures, PublishedFigures.Widths);
        SparsitySection.Write(text, studies);
        EpochsSection.Write(text, studies);
        ResultsPage.Show(text, figures, PublishedFigures.Epochs);
        SubspaceSection.Write(text, studies);
        PinningSection.Write(text, studies);
        ResultsPage.Show(text, figures, PublishedFigures.Pinning);
        FourierSection.Write(text, studies);
        FurtherSection.Write(text, studies);
        RightSection.Write(text, studies);
        NotMadeSection.Write(text);
        return text.ToString();
    }

    // Of the studies that the page is made from, each into its own folder.
    private static IEnumerable<string> Commands(PublishedStudies studies)
    {
        string[] made = [.. StudyNames.Where(studies.Has)];
        return
        [
            .. made.Select(name => $"husai study run {name}.yaml --output runs/{name}"),
            $"dotnet run -c Release --project .. -- page {string.Join(' ', made.Select(name => $"runs/{name}"))} "
                + "--output ../../../docs/results-published.md",
        ];
    }
}
