using Husai.Analysis.Worlds;
using Husai.Experiments.Studies;
using Husai.Formats.Files;
using Husai.Reporting.Figures;

namespace Husai.Reporting.Results.Worlds;

/// <summary>
/// Writes the results of studies on worlds as one Markdown page: whether seeds that agree find true features, and whether a latent
/// that other seeds find again is one. Every sentence follows from the numbers; nothing of the machine or the time is in it.
/// </summary>
internal static class WorldResultsDocument
{
    private static readonly ResultsPage Page = new("Results on worlds");

    /// <summary>Whether a file is such a page.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidFileException">It cannot be read, or is no text.</exception>
    public static bool IsOne(string path) => Page.IsOne(path);

    /// <summary>Writes the page, and its figures into <c>figures/</c> beside it.</summary>
    /// <param name="studies">The studies, each with at least one world.</param>
    /// <param name="path">Where to write to, such as <c>docs/results-synthetic.md</c>.</param>
    /// <param name="commands">Commands that make the page again.</param>
    /// <exception cref="IOException">A file cannot be written, or one of a study not be read.</exception>
    public static void Write(IReadOnlyList<StudyResults> studies, string path, IReadOnlyList<string> commands)
    {
        ArgumentNullException.ThrowIfNull(studies);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(commands);
        List<WorldRow> rows = [.. studies.SelectMany(WorldRow.Of)];
        ReportFigure[] figures = [.. ((ReportFigure?[])[TruthFigure.Create(rows), StableFigure.Create(rows)]).OfType<ReportFigure>()];
        ResultsPage.Write(path, figures, Text(studies, rows, figures, commands));
    }

    /// <summary>The page.</summary>
    internal static string Text(
        IReadOnlyList<StudyResults> studies, IReadOnlyList<WorldRow> rows, IReadOnlyList<ReportFigure> figures,
        IReadOnlyList<string> commands)
    {
        var text = new MarkdownText();
        text.Heading(1, Page.Heading).Paragraph(
            ResultsPage.Origin
            + " SAEs are trained on samples of synthetic worlds, whose features are known, with several seeds each, and compared "
            + "with each other and with the features. Brackets are 95% intervals over seeds unless it says otherwise. A feature is found, "
            + "and a latent true, where latent and feature have an absolute cosine of at least "
            + FormattableString.Invariant($"{TruthRecovery.FoundCosine:0.##}; a latent is stable if each other seed has one of at least ")
            + "that signed cosine.");
        text.Paragraph("To make this page again:").Code(string.Join('\n', commands));
        text.Table(
            ["world", "features", "width", "expected L0", "effective rank", "samples to train on", "to evaluate on"],
            studies.SelectMany(study => study.Worlds).Where(world => world.Result is not null).Select(world => (IReadOnlyList<string>)
            [
                world.Options.Name, $"{world.Result!.Features}", $"{world.Result.Width}",
                (world.Result.IsExact ? "" : "about ") + ResultText.Number(world.Result.ExpectedL0, 2),
                ResultText.Number(world.Result.EffectiveRank, 1), $"{world.Options.Rows}", $"{world.Options.EvaluationRows}",
            ]));
        AgreementQuestion.Write(text, rows);
        ResultsPage.Show(text, figures, TruthFigure.Id);
        StableQuestion.Write(text, rows);
        ResultsPage.Show(text, figures, StableFigure.Id);
        ConfigurationSection.Write(text, rows);
        return text.ToString();
    }
}
