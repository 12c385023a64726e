using System.Globalization;

namespace Husai.Reporting;

/// <summary>The tables of a study.</summary>
public static class ReportTables
{
    /// <summary>All tables for which there are data, in the order of the report.</summary>
    public static IReadOnlyList<ReportTable> Create(StudyReportData data)
    {
        ReportDataCheck.Check(data);
        ReportTable[] tables =
        [
            Transformers(data), Configurations(data), Scores(data, "Scores against chance", VerdictScores), Comparisons(data),
            .. ((ReportTable[])[ByTransformer(data), Scores(data, "Further scores", FurtherScores), Checks(data), Seeds(data)]).Select(table => table with { IsDetail = true }),
        ];
        return [.. tables.Where(table => table.Rows.Count > 0)];
    }

    private static ReportTable Transformers(StudyReportData data) => new(
        "Transformers", ["transformer", "what it is", "grokked", "at epoch", "test accuracy", "key frequencies"],
        [.. data.Transformers.Select(transformer => new[]
        {
            transformer.Name, transformer.Description, transformer.Grokked ? "yes" : "no", Whole(transformer.GrokkingEpoch),
            TableText.Percent(transformer.TestAccuracy), string.Join(", ", transformer.KeyFrequencies),
        })]);

    private static ReportTable Checks(StudyReportData data) => new(
        "Checks of the transformers", ["transformer", "check", "value"],
        [.. data.Transformers.SelectMany(transformer => transformer.Checks.Select(check => new[] { transformer.Name, check.Name, check.Value }))]);

    private static ReportTable Configurations(StudyReportData data) => new(
        "Configurations", ["configuration", "architecture", "site", "latents", "sparsity", "seeds", "explained variance", "L0", "dead"],
        [.. data.Configurations.Select(configuration => new[]
        {
            configuration.Name, configuration.Architecture, configuration.Site, Whole(configuration.Latents),
            $"{configuration.SparsityName} = {FigureNumbers.Short(configuration.Sparsity)}", Whole(configuration.Seeds.Count),
            TableText.Interval(configuration.ExplainedVariance), TableText.Interval(configuration.L0, 1), TableText.Percent(configuration.DeadFraction?.Mean),
        })],
        "Explained variance and L0 on held-out rows: mean and interval over seeds" + OverTransformers(data) + ".");

    private static ReportTable Scores(
        StudyReportData data, string title, Func<ConfigurationSummary, IEnumerable<(string Kind, ScoreSummary Score)>> choose) => new(
        title,
        ["configuration", "score", "mean [interval]", "isotropic chance", "covariance-matched chance", "kappa", "against chance"],
        [.. data.Configurations.SelectMany(configuration => choose(configuration).Select(entry => new[]
        {
            configuration.Name, entry.Kind + entry.Score.Name, TableText.Interval(entry.Score.Value), TableText.Chance(entry.Score.IsotropicChance),
            TableText.Chance(entry.Score.CovarianceChance), TableText.Number(entry.Score.Kappa()), Words(AboveChance.Of(entry.Score)),
        }))],
        "Intervals treat seeds, not pairs, as the sample" + OverTransformers(data) + ". Kappa is (score − chance) / (1 − chance) against the higher of the two levels: 0 at chance, 1 for identity. ± is the standard error of a simulated level.");

    // What the verdict reads.
    private static IEnumerable<(string Kind, ScoreSummary Score)> VerdictScores(ConfigurationSummary configuration) =>
    [
        .. configuration.Stability is { } stability ? [("stability: ", stability)] : Array.Empty<(string, ScoreSummary)>(),
        .. configuration.GroundTruth is { } truth ? [("ground truth: ", truth)] : Array.Empty<(string, ScoreSummary)>(),
    ];

    private static IEnumerable<(string Kind, ScoreSummary Score)> FurtherScores(ConfigurationSummary configuration) =>
        configuration.OtherScores.Select(score => ("", score));

    private static ReportTable ByTransformer(StudyReportData data) => new(
        "Scores on each transformer",
        ["configuration", "transformer", "explained variance", "stability", "chance", "kappa", "ground truth", "chance"],
        [.. data.Configurations.SelectMany(configuration => configuration.Transformers.Select(scores => new[]
        {
            configuration.Name, scores.Transformer, TableText.Interval(scores.ExplainedVariance), TableText.Interval(scores.Stability?.Value),
            TableText.Number(scores.Stability?.StrongestChance()?.Value), TableText.Number(scores.Stability?.Kappa()),
            TableText.Interval(scores.GroundTruth?.Value), TableText.Number(scores.GroundTruth?.StrongestChance()?.Value),
        }))],
        "Intervals here are over the seeds of autoencoders on one transformer; chance is the strongest level.");

    private static string OverTransformers(StudyReportData data) =>
        data.Configurations.Any(configuration => configuration.Transformers.Count > 0) ? "; where a configuration has several transformers these are the sample" : "";

    private static ReportTable Comparisons(StudyReportData data) => new(
        "Comparisons", ["first", "second", "measure", "difference", "Hedges g", "p (two-sided)", "smallest possible p", "adjusted p"],
        [.. data.Comparisons.Select(comparison => new[]
        {
            comparison.First, comparison.Second, comparison.Measure, TableText.Number(comparison.Difference), TableText.Number(comparison.HedgesG, 2),
            TableText.P(comparison.Test.PTwoSided), TableText.P(comparison.Test.SmallestPTwoSided), TableText.P(comparison.AdjustedP),
        })],
        "Permutation of the configurations' labels over seeds; over transformers, of the signs of their differences.");

    private static ReportTable Seeds(StudyReportData data) => new(
        "Runs", ["configuration", "transformer", "seed", "explained variance", "L0", "dead", "stability", "ground truth"],
        [.. data.Configurations.SelectMany(configuration => configuration.Seeds.Select(seed => new[]
        {
            configuration.Name, seed.Transformer, seed.Seed.ToString(CultureInfo.InvariantCulture), TableText.Number(seed.ExplainedVariance), TableText.Number(seed.L0, 1),
            TableText.Percent(seed.DeadFraction), TableText.Number(seed.Stability), TableText.Number(seed.GroundTruth),
        }))],
        "Stability of a seed: its mean similarity to the other seeds.");

    private static string Words(Reproducibility reproducibility) => reproducibility switch
    {
        Reproducibility.BeyondChance => "beyond",
        Reproducibility.AtChance => "not beyond",
        Reproducibility.Undecided => "undecided",
        _ => TableText.Missing,
    };

    private static string Whole(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? TableText.Missing;
}
