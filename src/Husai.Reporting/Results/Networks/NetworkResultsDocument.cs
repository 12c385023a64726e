using Husai.Experiments.Studies;
using Husai.Formats.Files;
using Husai.Reporting.Data;
using Husai.Reporting.Figures;
using Husai.Reporting.Studies;

namespace Husai.Reporting.Results.Networks;

/// <summary>
/// Writes the results of studies on networks as one Markdown page: whether seeds share latents beyond chance, and whether they do so less
/// on a copy that has learnt nothing. Every sentence follows from the numbers; nothing of the machine or the time is in it.
/// </summary>
internal static class NetworkResultsDocument
{
    private static readonly ResultsPage Page = new("Results on networks");

    /// <summary>Whether a file is such a page.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidFileException">It cannot be read, or is no text.</exception>
    public static bool IsOne(string path) => Page.IsOne(path);

    /// <summary>Writes the page, and its figure into <c>figures/</c> beside it.</summary>
    /// <param name="studies">The studies, each with at least one network.</param>
    /// <param name="path">Where to write to, such as <c>docs/results-networks.md</c>.</param>
    /// <param name="commands">Commands that make the page again.</param>
    /// <exception cref="IOException">A file cannot be written, or one of a study not be read.</exception>
    public static void Write(IReadOnlyList<StudyResults> studies, string path, IReadOnlyList<string> commands)
    {
        ArgumentNullException.ThrowIfNull(studies);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(commands);
        List<StudyReportData> reports = [.. studies.Select(study => StudyReportBuilder.Build(study, []))];
        ReportFigure[] figures =
        [
            .. ((ReportFigure?[])[NetworkAgreementFigure.Create([.. reports.SelectMany(NetworkRow.Of)])]).OfType<ReportFigure>(),
        ];
        ResultsPage.Write(path, figures, Text(studies, reports, figures, commands));
    }

    private static string Text(
        IReadOnlyList<StudyResults> studies, IReadOnlyList<StudyReportData> reports, IReadOnlyList<ReportFigure> figures,
        IReadOnlyList<string> commands)
    {
        var text = new MarkdownText();
        text.Heading(1, Page.Heading).Paragraph(
            ResultsPage.Origin,
            "SAEs are trained with several seeds each on what networks compute on a text, and on what copies of these networks compute "
            + "whose weights are permuted, each within its tensor: networks that have learnt nothing. No truth is known here, neither a "
            + "circuit nor features: what is measured is how far seeds agree, beside chance and beside the copies. Brackets are 95% "
            + "intervals over seeds.");
        text.Paragraph("To make this page again:").Code(string.Join('\n', commands));
        NetworkSection.Write(text, studies);
        List<NetworkRow> rows = [.. reports.SelectMany(NetworkRow.Of)];
        ChanceQuestion.Write(text, rows);
        ResultsPage.Show(text, figures, NetworkAgreementFigure.Id);
        RandomisedQuestion.Write(text, rows);
        FunctionQuestion.Write(text, rows);
        SpliceQuestion.Write(text, rows);
        RecipeQuestion.Write(text, reports);
        return text.ToString();
    }
}
