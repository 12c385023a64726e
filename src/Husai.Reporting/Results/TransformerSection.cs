namespace Husai.Reporting.Results;

/// <summary>What was trained, and whether it is what it should be.</summary>
internal static class TransformerSection
{
    public static void Write(MarkdownText text, ResultsInput data)
    {
        text.Heading(2, "The transformers").Table(
            ["study", "transformer", "task", "layers", "site", "held-out accuracy", "1.0 from epoch", "gate", "effective rank",
            "variance in the circuit's planes"],
            data.Transformers.Select(row => (IReadOnlyList<string>)
            [
                row.Study,
                row.Name,
                row.IsLeaked ? "leaked-label" : "addition",
                ResultText.Number(row.Layers, 0),
                row.Site.Name,
                ResultText.Number(row.TestAccuracy),
                row.FirstPerfectEpoch is { } epoch ? ResultText.Number(epoch, 0) : "never",
                row.IsLeaked ? "does not apply" : (row.PassesGate ? "passes" : "does not pass") + AtRestart(row.Restarts),
                ResultText.Number(row.EffectiveRank, 1),
                ResultText.Percent(row.PlaneShare),
            ]));

        var failing = data.Transformers.Where(row => !row.IsLeaked && !row.PassesGate).Select(row => $"{row.Name} ({row.Study})").Distinct()
            .ToList();
        text.Paragraph(failing.Count > 0 ? $"Not all transformers pass the gate of a clean circuit: {ResultText.Listed(failing)}." : "");
    }

    private static string AtRestart(int restarts) => restarts > 0 ? $", at restart {ResultText.Number(restarts, 0)}" : "";
}
