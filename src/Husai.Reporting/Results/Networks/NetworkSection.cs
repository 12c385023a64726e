using Husai.Experiments.Studies;

namespace Husai.Reporting.Results.Networks;

/// <summary>The networks, the text that they read, and the stores that came of it.</summary>
internal static class NetworkSection
{
    private const int ShownDigits = 12;

    public static void Write(MarkdownText text, IReadOnlyList<StudyResults> studies)
    {
        text.Table(
            ["network", "model", "text", "documents", "cut", "tokens of a context", "rows"],
            from study in studies
            from network in study.Networks
            where network.Extraction is not null
            select (IReadOnlyList<string>)
            [
                network.Network.Name, Start(network.Network.Control is null ? network.Network.Found!.Model : null),
                $"{Path.GetFileName(network.Network.Text)} {Start(network.Network.Found!.Text)}", $"{network.Extraction!.Documents}",
                $"{network.Extraction.CutDocuments}", $"{network.Network.Context}", $"{network.Extraction.Rows}",
            ]);
        text.Table(
            ["network", "site", "width", "effective rank", "store"],
            from study in studies
            from stored in study.Stored
            where stored.Activations is not null
            select (IReadOnlyList<string>)
            [
                stored.Source, stored.Site, $"{stored.Activations!.Width}", ResultText.Number(stored.Activations.EffectiveRank, 1),
                Start(stored.Activations.Hash),
            ]);
        text.Paragraph(
            "Hashes are the first twelve digits of SHA-256. What a network computes may differ in the last bits between machines; on a "
            + "store with the same hash all that follows is the same to the bit.");
    }

    private static string Start(string? hash) => hash is null ? "permuted" : $"`{hash[..Math.Min(ShownDigits, hash.Length)]}`";
}
