using Husai.Experiments.Studies.Results;
using Husai.Reporting.Tables;

namespace Husai.Reporting.Results.Questions;

/// <summary>How do the architectures rank?</summary>
internal static class RankingQuestion
{
    public static void Write(MarkdownText text, ResultsInput data)
    {
        var ranked = data.Evidence.Where(row => row.Kappa is not null).GroupBy(row => row.Architecture)
            .Select(group => (Architecture: group.Key, Rows: group.ToList(), Best: group.MaxBy(row => row.Kappa!.Value)!))
            .OrderByDescending(group => group.Best.Kappa!.Value).ToList();
        text.Heading(2, "How do the architectures rank?").Paragraph(Answer(ranked)).Table(
            ["architecture", "configurations", "its most stable one", "latents", "L0", "explained variance", "dead", "kappa",
            "turned kappa", "seeds share latents", "median kappa"],
            ranked.Select(group => (IReadOnlyList<string>)
            [
                group.Architecture, ResultText.Number(group.Rows.Count, 0), group.Best.Name, ResultText.Number(group.Best.Latents, 0),
                ResultText.Number(group.Best.Mean(row => row.L0?.Mean), 1),
                ResultText.Number(group.Best.Mean(row => row.ExplainedVariance?.Mean)),
                ResultText.Percent(group.Best.Mean(row => row.DeadFraction?.Mean)), TableText.Kappa(group.Best.Kappa),
                TableText.Kappa(group.Best.Stability?.KappaTurned),
                $"{group.Rows.Count(row => row.IsReproducible)} of {group.Rows.Count}",
                TableText.Kappa(Median([.. group.Rows.Select(row => row.Kappa!.Value)])),
            ]));
    }

    private static string Answer(List<(string Architecture, List<ConfigurationResults> Rows, ConfigurationResults Best)> ranked)
    {
        if (ranked.Count < 2)
        {
            return "**Not measured: there are fewer than two architectures.**";
        }

        var (first, second) = (ranked[0], ranked[1]);
        var isClear = first.Best.Kappa is { Low: { } low } && second.Best.Kappa is { High: { } high } && low > high;
        return $"**By the most stable configuration of each: {string.Join(" > ", ranked.Select(group => group.Architecture))}.** "
            + (
                isClear
                    ? $"The interval of {first.Architecture} lies above that of {second.Architecture}."
                    : $"The intervals of {first.Architecture} and {second.Architecture} overlap, so the first place is open.")
            + " Architectures were not tried at equally many settings, so the best of more has an advantage; the table has the numbers.";
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }
}
