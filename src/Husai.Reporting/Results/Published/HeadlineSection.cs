using Husai.Analysis.Statistics;
using Husai.Experiments.Studies.Results;
using Husai.Reporting.Tables;

namespace Husai.Reporting.Results.Published;

/// <summary>Experiment (a): five seeds of TopK and ReLU against random decoders.</summary>
internal static class HeadlineSection
{
    private const double VarianceTolerance = 0.05;

    public static void Write(MarkdownText text, ResultsInput data)
    {
        var topK = data.Original(PublishedNames.HeadlineTopK);
        var relu = data.Original(PublishedNames.HeadlineRelu);
        var rightTopK = data.Right(PublishedNames.HeadlineTopK);
        var rightRelu = data.Right(PublishedNames.HeadlineRelu);
        text.Heading(2, "(a) Do five seeds agree? TopK and ReLU, 1024 latents").Table(
            ["", "published", "ours, as published", "difference", "ours, done right"],
            [
                Row("TopK: PWMCC", PublishedNumbers.TopKPwmcc, topK?.AsPublished?.Scores.MeanPwmcc(), Stability(rightTopK), 4),
                Row(
                    "random decoders: PWMCC", PublishedNumbers.RandomPwmcc, topK?.AsPublished?.Scores.MeanRandomPwmcc(), Chance(rightTopK),
                    4),
                Row("ReLU: PWMCC", PublishedNumbers.ReluPwmcc, relu?.AsPublished?.Scores.MeanPwmcc(), Stability(rightRelu), 4),
                Row("Mann-Whitney U over 10 + 10 pairs", PublishedNumbers.MannWhitneyU, Test(topK)?.U, "not made: pairs are no sample", 1),
                Row(
                    "its p (one-sided, asymptotic)", PublishedNumbers.MannWhitneyP, Test(topK)?.AsymptoticGreater,
                    "interval over seeds above", 4),
                Row("TopK: explained variance", PublishedNumbers.TopKExplainedVariance, topK?.ExplainedVariance?.Mean, Variance(rightTopK)),
                Row("ReLU: explained variance", PublishedNumbers.ReluExplainedVariance, relu?.ExplainedVariance?.Mean, Variance(rightRelu)),
                Row("ReLU: L0", PublishedNumbers.ReluL0, relu?.L0?.Mean, ResultText.Number(rightRelu?.Mean(row => row.L0?.Mean), 0), 0),
                ["dead latents, TopK", TableText.Missing, ResultText.Percent(topK?.DeadFraction?.Mean), TableText.Missing,
                ResultText.Percent(rightTopK?.Mean(row => row.DeadFraction?.Mean))],
            ]);
        text.Paragraph(Sentences(topK, relu, rightTopK, rightRelu));
    }

    private static IEnumerable<string> Sentences(
        ConfigurationResults? original, ConfigurationResults? relu, ConfigurationResults? rightTopK, ConfigurationResults? rightRelu)
    {
        yield return ResultText.Remade(
            "The random baseline", original?.AsPublished?.Scores.MeanRandomPwmcc(), PublishedNumbers.RandomPwmcc, 0.001, 4);
        yield return ResultText.Remade("The TopK score", original?.AsPublished?.Scores.MeanPwmcc(), 0.300, 0.02);
        if (original is { Formation: [var start, ..] })
        {
            yield return start.ToFinalSelf!.Mean > 0.9
                ? $"The reason is the length of training: after {original.Steps} steps the decoder still has a similarity of "
                    + $"{ResultText.Number(start.ToFinalSelf!.Mean)} to its own initialisation, so it is nearly the random decoder that "
                    + $"it is compared with."
                : $"After {original.Steps} steps the decoder has a similarity of {ResultText.Number(start.ToFinalSelf!.Mean)} to its own "
                    + $"initialisation.";
        }

        yield return original is null
            ? ""
            : ResultText.Remade(
                "TopK's explained variance", original.ExplainedVariance?.Mean, PublishedNumbers.TopKExplainedVariance, VarianceTolerance);
        yield return relu is null
            ? ""
            : ResultText.Remade(
                "ReLU's explained variance", relu.ExplainedVariance?.Mean, PublishedNumbers.ReluExplainedVariance, VarianceTolerance)
            + (relu.ExplainedVariance?.Mean < PublishedNumbers.ReluExplainedVariance - VarianceTolerance
                ? $" {relu.Steps} steps at this learning rate do not take a ReLU SAE that starts with its encoder equal to its decoder "
                    + $"further; the paper's longer training or other initial weights are not known to us."
                : "");
        if (original?.AsPublished?.Scores.MannWhitneyAsPublished is { } test)
        {
            yield return $"The published test counts ten pairs of five seeds as ten observations; ours gives U = "
                + $"{ResultText.Number(test.U, 1)}, exact one-sided p = {TableText.P(test.ExactGreater)}.";
        }

        if (rightTopK?.Stability is not null)
        {
            yield return $"Done right ({rightTopK.Steps} steps, dead latents left out), TopK: "
                + $"{ResultText.Agreement(rightTopK.Stability)}; ReLU: {ResultText.Agreement(rightRelu?.Stability)}.";
        }
    }

    private static IReadOnlyList<string> Row(string name, double published, double? ours, string right, int decimals = 3) =>
        [name, ResultText.Number(published, decimals), ResultText.Number(ours, decimals), ResultText.Difference(ours, published, decimals),
        right];

    private static string Stability(ConfigurationResults? row) => TableText.Interval(row?.OnFirstTransformer().Stability?.Value);

    private static string Chance(ConfigurationResults? row) => row?.OnFirstTransformer().Stability is not { } stability
        ? TableText.Missing
        : $"same shape {ResultText.Number(stability.Levels.SameShape.Value)}, isotropic "
            + $"{ResultText.Number(stability.Levels.Isotropic?.Value)}";

    private static string Variance(ConfigurationResults? row) =>
        TableText.Interval(row?.OnFirstTransformer().ExplainedVariance) + (row is null ? "" : " (held out)");

    private static MannWhitney? Test(ConfigurationResults? row) => row?.AsPublished?.Scores.MannWhitneyAsPublished;
}
