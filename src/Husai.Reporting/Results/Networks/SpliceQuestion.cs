using Husai.Experiments.Studies.Results;
using Husai.Reporting.Tables;

namespace Husai.Reporting.Results.Networks;

/// <summary>What do reconstructions leave of the network's output?</summary>
internal static class SpliceQuestion
{
    // As near as sums of floats come to no difference.
    private const double Unchanged = 1 - 1e-6;

    public static void Write(MarkdownText text, IReadOnlyList<NetworkRow> all)
    {
        List<ConfigurationResults> rows =
            [.. all.SelectMany(row => (ConfigurationResults?[])[row.Trained, row.Randomised]).OfType<ConfigurationResults>()
                .Where(configuration => configuration.Spliced is not null)];
        if (rows.Count == 0)
        {
            return;
        }

        text.Heading(2, "What do reconstructions leave of the output?").Paragraph(
            "The network reads text behind that of the training, with reconstructions, zeros or the mean row in place of the rows of the "
            + "site. Its output is compared with its own: the cosine of the pooled output, or where it has logits the KL divergence.");
        List<ConfigurationResults> unread = [.. rows.Where(row => row.Spliced is { Cosine: not null, Zero: >= Unchanged })];
        if (unread.Count > 0)
        {
            text.Paragraph(
                $"Left out: {ResultText.Listed([.. unread.Select(row => row.Site).Distinct()], 12)}. Even zeros change nothing there: the "
                + "output reads none of the rows that are replaced, but the first token's alone, which stays the network's own.");
        }

        text.Table(
            ["SAE", "cosine", "KL", "with zeros", "with the mean row", "cross-entropy recovered"],
            rows.Except(unread).Select(row => (IReadOnlyList<string>)
            [
                row.Name, TableText.Interval(row.Spliced!.Cosine), TableText.Interval(row.Spliced.Kl), TableText.Number(row.Spliced.Zero),
                TableText.Number(row.Spliced.Mean), TableText.Interval(row.Spliced.CrossEntropyRecovered),
            ]));
    }
}
