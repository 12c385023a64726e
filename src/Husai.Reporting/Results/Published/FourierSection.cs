using Husai.Experiments.Studies.Results;
using Husai.Reporting.Tables;

namespace Husai.Reporting.Results.Published;

/// <summary>Experiment (f): Fourier overlap of decoders and R² of the embedding.</summary>
internal static class FourierSection
{
    private const int Leading = 5;

    public static void Write(MarkdownText text, ResultsInput data)
    {
        var original = data.Original(PublishedNames.HeadlineTopK);
        var right = data.Right(PublishedNames.HeadlineTopK);
        var leaked = R2(data, isLeaked: true);
        var reading = R2(data, isLeaked: false);
        text.Heading(2, "(f) Fourier structure").Table(
            ["", "published", "ours, as published", "difference", "as published, on the right transformer", "done right there"],
            [
                [
                    "Fourier overlap, trained", ResultText.Number(PublishedNumbers.FourierOverlap),
                    ResultText.Number(original?.AsPublished?.Scores.FourierOverlapAsPublished),
                    ResultText.Difference(original?.AsPublished?.Scores.FourierOverlapAsPublished, PublishedNumbers.FourierOverlap),
                    ResultText.Number(right?.OnFirstTransformer().AsPublished?.Scores.FourierOverlapAsPublished),
                    TableText.Interval(right?.OnFirstTransformer().Circuit?.Overlap),
                ],
                [
                    "Fourier overlap, random", ResultText.Number(PublishedNumbers.RandomFourierOverlap, 4),
                    ResultText.Number(original?.AsPublished?.Scores.RandomFourierOverlapAsPublished, 4),
                    ResultText.Difference(
                        original?.AsPublished?.Scores.RandomFourierOverlapAsPublished, PublishedNumbers.RandomFourierOverlap, 4),
                    ResultText.Number(right?.OnFirstTransformer().AsPublished?.Scores.RandomFourierOverlapAsPublished, 4),
                    $"other planes of the same span {ResultText.Number(right?.OnFirstTransformer().Circuit?.OtherPlanes.Value)}",
                ],
                [
                    "R² of the embedding, 5 frequencies", ResultText.Percent(PublishedNumbers.FourierR2),
                    ResultText.Percent(leaked?.AsPublished),
                    ResultText.Difference(leaked?.AsPublished, PublishedNumbers.FourierR2), ResultText.Percent(reading?.AsPublished),
                    ResultText.Percent(reading?.Right),
                ],
            ]);
        text.Paragraph(Sentences(data, original, leaked, reading));
    }

    private static IEnumerable<string> Sentences(
        ResultsInput data, ConfigurationResults? original, Analysis.Published.FourierR2? leaked, Analysis.Published.FourierR2? reading)
    {
        if (original?.AsPublished?.Scores is { } scores)
        {
            yield return Math.Abs(scores.FourierOverlapAsPublished - scores.RandomFourierOverlapAsPublished) < 0.01
                ? "As published the metric gives trained and random decoders the same value: it compares activation directions, cut to p "
                    + "coordinates, with waves over tokens, and can give nothing else."
                : $"As published the metric gives trained decoders {ResultText.Number(scores.FourierOverlapAsPublished)} and random ones "
                    + $"{ResultText.Number(scores.RandomFourierOverlapAsPublished)}; it compares activation directions, cut to p "
                    + $"coordinates, with waves over tokens.";
        }

        if (reading is not null)
        {
            yield return $"The published R² puts a frequency and its mirror image into one basis, and a plane that stands there twice "
                + $"counts for nothing. So the embedding of a transformer whose {Leading} leading frequencies hold "
                + $"{ResultText.Percent(reading.Right)} of it scores {ResultText.Percent(reading.AsPublished)}"
                + (reading.AsPublished < reading.Right / 2 ? ", and the low value says nothing about the algorithm." : ".");
        }

        if (leaked is not null)
        {
            yield return $"The leaked transformer's own {Leading} leading frequencies hold {ResultText.Percent(leaked.Right)} of its "
                + $"embedding"
                + (leaked.Right < 0.3 ? ": copying needs no Fourier structure." : ".");
        }

        yield return data.Rows.Any(row => row.IsLeaked) ? "" : "The leaked transformer was not run.";
    }

    private static Analysis.Published.FourierR2? R2(ResultsInput data, bool isLeaked) =>
        data.Transformers.FirstOrDefault(row => row.IsLeaked == isLeaked && row.FourierR2.Count > 0)?.FourierR2.FirstOrDefault(r2 =>
            r2.Frequencies == Leading);
}
