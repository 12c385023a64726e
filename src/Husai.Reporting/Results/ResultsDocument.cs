using Husai.Experiments.Studies;
using Husai.Formats.Files;
using Husai.Reporting.Figures;
using Husai.Reporting.Results.Questions;
using Husai.Reporting.Tables;

namespace Husai.Reporting.Results;

/// <summary>
/// Writes the results of several studies as one Markdown page: what they say on the research questions. Every sentence follows from the
/// numbers; nothing of the machine or the time is in it.
/// </summary>
internal static class ResultsDocument
{
    private static readonly string[] Changes =
    [
        "Earlier versions of this page took as chance the similarity of directions drawn with the covariance of the activations. That "
            + "says how data vary, not how decoder rows lie, and is no chance level for decoders: it gave kappas far below 0 to wide "
            + "dictionaries, "
        + "and called SAEs with one active latent reproducible.",
        "Now the level is that of independent dictionaries of the same shape: as many directions, with the same second moments. Seeds "
            + "count as sharing latents only if they also agree more than the same dictionaries turned within the activations' principal "
            + "directions; "
        + "where they do not, they cover the same ground with other latents.",
        "A circuit is recovered where directions choose its planes among planes of the same span, and lie in them more than the "
            + "activations themselves do. Seeds that share initial weights are refused a kappa, and Hedges' g is no longer printed: its "
            + "unit shrinks with the number of latents.",
    ];

    private static readonly ResultsPage Page = new("Results");

    /// <summary>Whether a file is such a page.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidFileException">It cannot be read, or is no text.</exception>
    public static bool IsOne(string path) => Page.IsOne(path);

    /// <summary>Writes the page, and its figures into <c>figures/</c> beside it.</summary>
    /// <param name="studies">The studies, in the order in which they are named.</param>
    /// <param name="path">Where to write to, such as <c>docs/results.md</c>.</param>
    /// <param name="commands">Commands that make the page again.</param>
    /// <exception cref="IOException">A file cannot be written, or one of a study not be read.</exception>
    public static void Write(IReadOnlyList<StudyResults> studies, string path, IReadOnlyList<string> commands)
    {
        ArgumentNullException.ThrowIfNull(studies);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(commands);
        var data = ResultsInput.Of(studies);
        var figures = ResultsFigures.Create(data);
        var failures = studies.SelectMany(study =>
            study.Failures.Concat(study.LeftOut).Select(failure => $"{study.Options.Name}: {failure.Name}")).ToList();
        ResultsPage.Write(path, figures, Text(data, figures, commands, failures));
    }

    /// <summary>The page.</summary>
    internal static string Text(
        ResultsInput data, IReadOnlyList<ReportFigure> figures, IReadOnlyList<string> commands, IReadOnlyList<string> failures)
    {
        var text = new MarkdownText();
        text.Heading(1, Page.Heading).Paragraph(
            ResultsPage.Origin
            + " Answers to the research questions, from studies on transformers that read at '=', with explained variance on held-out "
            + "rows, dead latents left out, and chance of the right shape. Brackets are 95% intervals over seeds, or over "
            + "transformers where it says so.");
        text.Heading(2, "How to read kappa, and what changed")
            .Paragraph(StudyText.HowToRead.Select(line => char.ToUpperInvariant(line[0]) + line[1..])).Paragraph(Changes);
        text.Paragraph("To make this page again:").Code(string.Join('\n', commands));
        text.Paragraph(failures.Count == 0 ? "" : $"Failed or left out: {ResultText.Listed(failures, 20)}.");
        TransformerSection.Write(text, data);
        ZoneQuestion.Write(text, data);
        RecipeChangeQuestion.Write(text, data);
        RankingQuestion.Write(text, data);
        AgreementAndRecoveryQuestion.Write(text, data);
        ResultsPage.Show(text, figures, ResultsFigures.Recovery);
        FormationQuestion.Write(text, data);
        PredictorQuestion.Write(text, data);
        OverlapQuestion.Write(text, data);
        return text.ToString();
    }
}
