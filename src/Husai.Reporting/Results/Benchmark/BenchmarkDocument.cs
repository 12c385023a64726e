using Husai.Experiments.Studies;
using Husai.Formats.Files;
using Husai.Reporting.Figures;

namespace Husai.Reporting.Results.Benchmark;

/// <summary>
/// Writes the results of studies by the protocol of SynthSAEBench as one Markdown page: its published table beside ours, and what the
/// number of samples does. Every sentence follows from the numbers; nothing of the machine or the time is in it.
/// </summary>
internal static class BenchmarkDocument
{
    private static readonly ResultsPage Page = new("Results on SynthSAEBench");

    /// <summary>Whether a file is such a page.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidFileException">It cannot be read, or is no text.</exception>
    public static bool IsOne(string path) => Page.IsOne(path);

    /// <summary>Whether a study has a place on such a page: all its SAEs are trained by the protocol, on worlds.</summary>
    /// <param name="study">The study.</param>
    public static bool Takes(StudyResults study)
    {
        ArgumentNullException.ThrowIfNull(study);
        return BenchmarkRow.IsAllOf(study.Options);
    }

    /// <summary>Writes the page, and its figure into <c>figures/</c> beside it.</summary>
    /// <param name="studies">The studies, each of which <see cref="Takes"/> allows.</param>
    /// <param name="path">Where to write to, such as <c>docs/results-synthsae.md</c>.</param>
    /// <param name="commands">Commands that make the page again.</param>
    /// <exception cref="IOException">A file cannot be written, or one of a study not be read.</exception>
    public static void Write(IReadOnlyList<StudyResults> studies, string path, IReadOnlyList<string> commands)
    {
        ArgumentNullException.ThrowIfNull(studies);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(commands);
        List<BenchmarkRow> rows = [.. studies.SelectMany(BenchmarkRow.Of).OrderBy(row => row.Rows)];
        ReportFigure[] figures = [.. ((ReportFigure?[])[BudgetQuestion.Figure(rows)]).OfType<ReportFigure>()];
        ResultsPage.Write(path, figures, Text(rows, figures, commands));
    }

    /// <summary>The page.</summary>
    internal static string Text(
        IReadOnlyList<BenchmarkRow> rows, IReadOnlyList<ReportFigure> figures, IReadOnlyList<string> commands)
    {
        var text = new MarkdownText();
        text.Heading(1, Page.Heading).Paragraph(
            ResultsPage.Origin,
            "SynthSAEBench (Chanin and Garriga-Alonso 2026, arXiv 2602.14687) trains SAEs on samples of a synthetic world of known "
            + "features. These are trained by its protocol (`recipe: synthsae`), all in single precision, and measured on samples of "
            + "another seed by its definitions: SAEs that choose over batches in training choose over 1,024 samples here where the "
            + "study says so.");
        text.Paragraph("To make this page again:").Code(string.Join('\n', commands));
        PublishedTable.Write(text, rows);
        RankingQuestion.Write(text, rows);
        BudgetQuestion.Write(text, rows);
        ResultsPage.Show(text, figures, BudgetQuestion.FigureId);
        return text.ToString();
    }
}
