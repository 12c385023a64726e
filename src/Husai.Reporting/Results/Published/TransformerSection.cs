using Husai.Transformers.Activations;

namespace Husai.Reporting.Results.Published;

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
                row.IsLeaked ? "does not apply" : row.PassesGate ? "passes" : "does not pass",
                ResultText.Number(row.EffectiveRank, 1),
                ResultText.Percent(row.PlaneShare),
            ]));
        if (data.Transformers.FirstOrDefault(row => row.IsLeaked) is { } leaked)
        {
            text.Paragraph(
                leaked.FirstPerfectEpoch is { } epoch and <= 10
                    ? $"With the answer in its input the original's transformer predicts every held-out pair from epoch {epoch} on: it "
                        + $"copies, and has nothing to generalise."
                    : "With the answer in its input our transformer does not reach a held-out accuracy of 1 within ten epochs, as the "
                        + "original's did.",
                $"The effective rank of its activations is {ResultText.Number(leaked.EffectiveRank, 1)}; published: "
                    + $"{ResultText.Number(PublishedNumbers.EffectiveRank, 1)}.",
                data.Transformers.FirstOrDefault(row => !row.IsLeaked && row.Site.ActivationSite == ActivationSite.ResidPost) is { } right
                    ? $"That of {right.Name}, which reads at '=', is {ResultText.Number(right.EffectiveRank, 1)} (published for one "
                        + $"layer: {ResultText.Number(PublishedNumbers.OneLayerEffectiveRank, 1)})."
                    : "");
        }

        var failing = data.Transformers.Where(row => !row.IsLeaked && !row.PassesGate).Select(row => $"{row.Name} ({row.Study})").Distinct()
            .ToList();
        text.Paragraph(failing.Count > 0 ? $"Not all transformers pass the gate of a clean circuit: {ResultText.Listed(failing)}." : "");
    }
}
