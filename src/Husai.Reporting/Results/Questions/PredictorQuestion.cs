using Husai.Analysis.Statistics;
using Husai.Experiments.Studies.Results;

namespace Husai.Reporting.Results.Questions;

/// <summary>What predicts agreement?</summary>
internal static class PredictorQuestion
{
    public static void Write(MarkdownText text, ResultsInput data)
    {
        var rows = data.Evidence.Where(row => row.Kappa is not null).ToList();
        text.Heading(2, "What predicts agreement?");
        (string Name, double[] Values)[] predictors =
        [
            ("L0", Values(rows, row => row.L0?.Mean)),
            ("L0 over the activations' effective rank", Values(rows, row => row.L0?.Mean / row.EffectiveRank)),
            ("number of latents", Values(rows, row => row.Latents)),
            ("share of dead latents", Values(rows, row => row.DeadFraction?.Mean)),
            ("explained variance", Values(rows, row => row.ExplainedVariance?.Mean)),
            ("steps of training", Values(rows, row => row.Steps)),
        ];
        var stability = rows.Select(row => row.Kappa!.Value).ToArray();
        var correlations = predictors.Select(predictor =>
            (predictor.Name, Rho: rows.Count < 4 ? double.NaN : RankCorrelation.Spearman(stability, predictor.Values)))
            .Where(correlation => double.IsFinite(correlation.Rho)).OrderByDescending(correlation => Math.Abs(correlation.Rho)).ToList();
        if (correlations.Count == 0)
        {
            text.Paragraph("**Not measured.**");
            return;
        }

        var (name, rho) = correlations[0];
        var relation = RankCorrelation.RelationOf(rho, rows.Count);
        text.Paragraph(
            relation == RankRelation.Unrelated
                ? $"**None of these clearly does: the strongest rank correlation with stability over {rows.Count} configurations is that "
                    + $"of {name}, {ResultText.Number(rho, 2)}.**"
                : $"**Most of all {name}: over {rows.Count} configurations chance-corrected stability {ResultText.Of(relation)} (rank "
                    + $"correlation {ResultText.Number(rho, 2)}).**",
            "The settings were chosen, not drawn, and go together (narrow SAEs have small k, wide ones many dead latents): these are "
                + "associations.");
        text.Table(
            ["predictor", "rank correlation with stability (kappa)", "in words"],
            correlations.Select(correlation =>
                (IReadOnlyList<string>)[
                    correlation.Name, ResultText.Number(correlation.Rho, 2),
                    ResultText.Of(RankCorrelation.RelationOf(correlation.Rho, rows.Count))]));
    }

    private static double[] Values(List<ConfigurationResults> rows, Func<ConfigurationResults, double?> value) =>
        [.. rows.Select(row => row.Mean(value))];
}
