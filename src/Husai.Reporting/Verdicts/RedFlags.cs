using System.Globalization;

namespace Husai.Reporting;

/// <summary>The rules that raise red flags.</summary>
internal static class RedFlags
{
    /// <summary>All flags of a study: transformers first, then configurations in their order, then failed runs.</summary>
    public static IReadOnlyList<RedFlag> Of(StudyReportData data) =>
    [
        .. data.Transformers.Where(transformer => !transformer.Grokked).Select(transformer => new RedFlag(
            "not_grokked", transformer.Name,
            $"The transformer has not grokked (held-out accuracy {Percent(transformer.TestAccuracy)}): there is no circuit to recover.")),
        .. data.Configurations.SelectMany(Of),
        .. data.Failures.Select(failure => new RedFlag("failed_run", failure.Run, $"The run failed: {failure.Reason}")),
    ];

    /// <summary>The flags of one configuration.</summary>
    public static IEnumerable<RedFlag> Of(ConfigurationSummary configuration)
    {
        var name = configuration.Name;
        if (configuration.ExplainedVariance is { Mean: < VerdictThresholds.LowExplainedVariance } explained)
        {
            yield return new RedFlag(
                "low_explained_variance", name,
                $"Explained variance {Number(explained.Mean)} is below {Number(VerdictThresholds.LowExplainedVariance)}: poor reconstruction.");
        }

        if (configuration.DeadFraction is { Mean: > VerdictThresholds.HighDeadFraction } dead)
        {
            yield return new RedFlag(
                "dead_latents", name, $"{Percent(dead.Mean)} of the latents are dead, more than {Percent(VerdictThresholds.HighDeadFraction)}.");
        }

        if (configuration is { L0: { } l0, TargetL0: { } target } && l0.Mean < VerdictThresholds.LowL0Share * target)
        {
            yield return new RedFlag(
                "too_sparse", name, $"L0 {FigureNumbers.Short(l0.Mean)} is far below the {FigureNumbers.Short(target)} asked for: too sparse.");
        }

        foreach (var flag in OfScores(configuration))
        {
            yield return flag;
        }

        var seeds = configuration.Seeds.GroupBy(seed => seed.Transformer).Select(group => group.Count()).DefaultIfEmpty(0).Min();
        if (seeds is > 0 and < VerdictThresholds.FewSeeds)
        {
            yield return new RedFlag(
                "few_seeds", name, string.Create(CultureInfo.InvariantCulture, $"Only {seeds} seed{(seeds == 1 ? "" : "s")}: intervals over seeds say little."));
        }

        if (configuration.Transformers.Count is > 0 and < VerdictThresholds.FewSeeds)
        {
            yield return new RedFlag(
                "few_transformers", name, string.Create(CultureInfo.InvariantCulture, $"Only {configuration.Transformers.Count} transformers: intervals over transformers say little."));
        }
    }

    private static IEnumerable<RedFlag> OfScores(ConfigurationSummary configuration)
    {
        if (configuration.GroundTruth is { Value.Mean: < VerdictThresholds.LowOverlap } overlap)
        {
            yield return new RedFlag(
                "low_overlap", configuration.Name,
                $"Agreement with the ground truth {Number(overlap.Value.Mean)} is below {Number(VerdictThresholds.LowOverlap)}: not learning the circuit.");
        }

        if (configuration.Stability is { } stability && stability.CovarianceChance is null)
        {
            yield return new RedFlag(
                "weak_chance_only", configuration.Name,
                "Stability was not compared with covariance-matched directions; on activations of low rank the isotropic level is far too low.");
        }
    }

    private static string Number(double value) => FigureNumbers.Fixed(value, 2);

    private static string Percent(double value) => FigureNumbers.Fixed(100 * value, 0) + "%";
}
