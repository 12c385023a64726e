using Husai.Experiments.Studies.Results;
using Husai.Reporting.Tables;

namespace Husai.Reporting.Results.Published;

/// <summary>Experiment (c): agreement along training.</summary>
internal static class EpochsSection
{
    private const double Tolerance = 0.02;

    public static void Write(MarkdownText text, ResultsInput data)
    {
        var original = data.Original(PublishedNames.Epochs);
        var stepsPerEpoch = original is null ? 0 : original.Steps / PublishedNumbers.Epochs[^1].Epoch;
        text.Heading(2, "(c) Does agreement rise with training?").Table(
            ["epoch", "steps", "published PWMCC", "ours, as published", "difference", "similarity to the final SAE"],
            PublishedNumbers.Epochs.Select(published =>
            {
                var point = original?.Formation.FirstOrDefault(point => point.Step == published.Epoch * stepsPerEpoch);
                return (IReadOnlyList<string>)
                [
                    ResultText.Number(published.Epoch, 0), ResultText.Number(published.Epoch * stepsPerEpoch, 0),
                    ResultText.Number(published.Pwmcc), ResultText.Number(point?.ToOtherSeeds?.Mean),
                    ResultText.Difference(point?.ToOtherSeeds?.Mean, published.Pwmcc), ResultText.Number(point?.ToFinalSelf?.Mean),
                ];
            }));
        text.Paragraph(Original(original, data.Original(PublishedNames.FastEpochs)));
        var right = data.Right(PublishedNames.Epochs);
        text.Table(
            ["right: step", "similarity between seeds", "chance (same shape)", "kappa", "similarity to the final SAE",
            "explained variance"],
            (right?.OnFirstTransformer().Formation ?? []).Select(point => (IReadOnlyList<string>)
            [
                ResultText.Number(point.Step, 0), TableText.Interval(point.ToOtherSeeds), ResultText.Number(point.Chance),
                TableText.Kappa(point.Kappa),
                ResultText.Number(point.ToFinalSelf?.Mean), ResultText.Number(point.ExplainedVariance?.Mean),
            ]));
        text.Paragraph(Right(right?.OnFirstTransformer()));
    }

    private static IEnumerable<string> Original(ConfigurationResults? row, ConfigurationResults? fast)
    {
        if (row is not { Formation: [var first, .., var last] })
        {
            yield return "Agreement along the original's training was not measured.";
            yield break;
        }

        yield return ResultText.Remade("The score at the end", last.ToOtherSeeds!.Mean, PublishedNumbers.Epochs[^1].Pwmcc, Tolerance);
        yield return last.ToOtherSeeds!.Mean > first.ToOtherSeeds!.Mean + 0.005
            ? "Longer training alone raises the score of the same SAEs, so the headline's number is that of one moment."
            : "In our run longer training does not raise the score.";
        yield return fast is { Formation: [.., var end] }
            ? $"At three times the learning rate it ends at {ResultText.Number(end.ToOtherSeeds!.Mean)}"
                + (end.ToOtherSeeds.Mean > last.ToOtherSeeds!.Mean ? ": the score counts how far decoders have moved, too." : ".")
            : "";
    }

    private static IEnumerable<string> Right(ConfigurationResults? row)
    {
        if (row is not { Formation: [var first, .., var last] })
        {
            yield break;
        }

        yield return $"On the transformer that reads at '=' the similarity moves by "
            + $"{ResultText.Difference(last.ToOtherSeeds!.Mean, first.ToOtherSeeds!.Mean)} from initialisation to step {last.Step}"
            + $", beside a level of the same shape of {ResultText.Number(first.Chance)} and {ResultText.Number(last.Chance)}: kappa goes "
            + $"from {TableText.Kappa(first.Kappa)} to {TableText.Kappa(last.Kappa)}.";
    }
}
