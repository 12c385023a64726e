using Husai.Reporting.Results;

namespace PublishedTables;

/// <summary>Experiment (c): agreement along training.</summary>
internal static class EpochsSection
{
    public static IReadOnlyList<Comparison> Comparisons(PublishedStudies studies)
    {
        var made = studies.Made(PublishedStudies.Epochs);
        var stepsPerEpoch = made is null ? 0 : made.Steps / PublishedNumbers.Epochs[^1].Epoch;
        return
        [
            .. PublishedNumbers.Epochs.Select(published => new Comparison(
                $"epoch {published.Epoch}", published.Pwmcc,
                made?.Formation.FirstOrDefault(point => point.Step == published.Epoch * stepsPerEpoch)?.ToOtherSeeds?.Mean,
                (published.Rerun, published.Rerun), PublishedNumbers.PwmccSpread)),
        ];
    }

    public static void Write(MarkdownText text, PublishedStudies studies)
    {
        var comparisons = Comparisons(studies);
        text.Heading(2, "(c) Does agreement rise with training?");
        Comparison.Write(text, "", comparisons);
        text.Paragraph(
            Comparison.Summary(comparisons),
            "These SAEs are others than the headline's: their decoder is never normalised (its rows start with a norm near .5), it has a "
                + "bias, and there is no auxiliary loss. Longer training alone raises the score of the same SAEs, so the headline's number "
                + "is that of one moment.");
    }
}
