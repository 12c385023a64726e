using Husai.Experiments.Studies.Results;
using Husai.Reporting.Results;
using PublishedTables.Measures;

namespace PublishedTables;

/// <summary>Experiment (a): five seeds of TopK and ReLU against random decoders.</summary>
internal static class HeadlineSection
{
    private const double VarianceSpread = 0.01;
    private const double L0Spread = 30;
    private const double NearlyTheStart = 0.9;

    public static IReadOnlyList<Comparison> Comparisons(PublishedStudies studies)
    {
        var topK = studies.Measured(studies.Made(PublishedStudies.HeadlineTopK));
        var relu = studies.Measured(studies.Made(PublishedStudies.HeadlineRelu));
        var february = studies.Measured(studies.Made(PublishedStudies.FebruaryTopK))?.Scores;
        return
        [
            Pwmcc("TopK: PWMCC, 900 steps of 256 rows", 0.3015, studies.Pwmcc(PublishedStudies.HeadlineTopK), 0.3026),
            Pwmcc("ReLU: PWMCC, the same", 0.2995, studies.Pwmcc(PublishedStudies.HeadlineRelu), 0.2997),
            Pwmcc("TopK: PWMCC, 120 steps of 2048 rows", 0.3001, february?.MeanPwmcc(), 0.3002),
            Pwmcc("random decoders: PWMCC", 0.2988, february?.MeanRandomPwmcc(), null),
            Variance("TopK: explained variance, mean over coordinates", 0.919, PerCoordinate(topK), 0.912),
            Variance("TopK: explained variance", 0.919, Standard(topK), 0.916),
            Variance("ReLU: explained variance, mean over coordinates", 0.977, PerCoordinate(relu), 0.968),
            Variance("ReLU: explained variance", 0.977, Standard(relu), 0.969),
            new("ReLU: L0 (published: 400 in one place, 427 in another)", 427, Mean(relu, row => row.L0), (400, 417), L0Spread, 0),
            new(
                "Mann-Whitney U over 10 + 10 pairs, 120 steps", PublishedNumbers.MannWhitneyU, february?.MannWhitneyAsPublished?.U,
                Decimals: 1),
            new(
                "its p (one-sided, asymptotic)", PublishedNumbers.MannWhitneyP, february?.MannWhitneyAsPublished?.AsymptoticGreater,
                Decimals: 4),
        ];
    }

    public static void Write(MarkdownText text, PublishedStudies studies)
    {
        var comparisons = Comparisons(studies);
        text.Heading(2, "(a) Do five seeds agree? TopK and ReLU, 1024 latents");
        Comparison.Write(text, "", comparisons);
        text.Paragraph(
            Comparison.Summary(comparisons),
            "The published headline mixes two runs. That of November 2025 had batches of 256 rows, nine tenths of the rows, 900 steps "
                + "and a loss on runners-up; the explained variances and the L0 are its, and the explained variance is the mean over "
                + "coordinates of 1 - MSE / variance on all rows. That of February 2026 had batches of 2048, the last one dropped, "
                + "120 steps and no auxiliary loss; .3001, .2988 and U = 82 are its.",
            studies.Measured(studies.Made(PublishedStudies.FebruaryDirections))?.Scores is { } directions
                ? "The original's decoder rows start with uniform coordinates. From random directions the 120 steps give "
                    + $"{ResultText.Number(directions.MeanPwmcc(), 4)}, and a U of "
                    + $"{ResultText.Number(directions.MannWhitneyAsPublished?.U, 0)}: the start decides that test."
                : "",
            Moved(studies.Made(PublishedStudies.HeadlineTopK)),
            "The published test counts ten pairs of five seeds as ten observations; they are no independent sample.");
    }

    private static string Moved(ConfigurationResults? row) => row is not { Formation: [var start, ..] }
        ? ""
        : $"After {row.Steps} steps a TopK decoder has a similarity of {ResultText.Number(start.ToFinalSelf!.Mean)} to its own start"
            + (start.ToFinalSelf.Mean > NearlyTheStart ? ": it is nearly the random decoder that it is compared with." : ".");

    private static Comparison Pwmcc(string name, double published, double? ours, double? rerun) =>
        new(name, published, ours, rerun is { } value ? (value, value) : null, PublishedNumbers.HeadlineSpread, 4);

    private static Comparison Variance(string name, double published, double? ours, double rerun) =>
        new(name, published, ours, (rerun, rerun), VarianceSpread);

    private static double? PerCoordinate(AsPublishedConfiguration? measured) => Mean(measured, seed => seed.ExplainedVariancePerCoordinate);

    private static double? Standard(AsPublishedConfiguration? measured) => Mean(measured, seed => seed.ExplainedVariance);

    private static double? Mean(AsPublishedConfiguration? measured, Func<ReconstructionAsPublished, double> value) =>
        measured?.Reconstructions.Average(value);
}
