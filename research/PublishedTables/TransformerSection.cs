using Husai.Reporting.Results;

namespace PublishedTables;

/// <summary>What was trained.</summary>
internal static class TransformerSection
{
    public static void Write(MarkdownText text, PublishedStudies studies)
    {
        text.Heading(2, "The transformers").Table(
            ["study", "transformer", "answer in the input", "layers", "site", "held-out accuracy", "1.0 from epoch", "effective rank"],
            studies.Transformers.Select(row => (IReadOnlyList<string>)
            [
                row.Study, row.Name, row.IsLeaked ? "yes" : "no", ResultText.Number(row.Layers, 0), row.Site.Name,
                ResultText.Number(row.TestAccuracy),
                row.FirstPerfectEpoch is { } epoch ? ResultText.Number(epoch, 0) : "never",
                ResultText.Number(row.EffectiveRank, 1),
            ]));
        text.Paragraph(
            Copying(studies.Transformers.FirstOrDefault(row => row.Study == PublishedStudies.Original)),
            "Its matrices start as TransformerLens draws them, all with deviation .8 / sqrt(128); its neurons are ReLU. Both decide the "
                + "variance of the activations, and with it every loss.");
    }

    private static string Copying(TransformerRow? leaked) => leaked switch
    {
        null => "",
        { FirstPerfectEpoch: { } epoch and <= 10 } =>
            $"With the answer in its input the original's transformer predicts every held-out pair from epoch {epoch} on: it copies, "
                + "and has nothing to generalise.",
        _ => "With the answer in its input our transformer does not reach a held-out accuracy of 1 within ten epochs, as the "
            + "original's did.",
    };
}
