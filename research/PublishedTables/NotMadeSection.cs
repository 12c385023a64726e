using Husai.Reporting.Results;

namespace PublishedTables;

/// <summary>What the original published and is not repeated here, each with its reason.</summary>
internal static class NotMadeSection
{
    private static readonly (string What, string Why)[] NotMade =
    [
        (
            "Pythia-70M: TopK and ReLU at 256 to 4096 latents",
            "takes a language model and a corpus; `husai activations extract` reads them once they are at hand"),
        ("steering agreement of matched latents", "takes activations changed within the forward pass along single latents"),
        ("losses for stability: contrastive, consistency, assignments", "take several SAEs in one training"),
        ("transcoders against SAEs", "a transcoder reads one site and writes another; SAEs here read and write the same"),
        ("sequence copying", "takes sequences of ten tokens with ten answers; tasks here have two operands and one answer"),
        ("(a + b) c", "takes three operands, and a transformer with attention in both directions and dropout"),
        ("single-latent ablation, feature sensitivity", "published as 0 for all, or without numbers to compare"),
        ("synthetic sparse truth", "the published recovery was retracted; results-synthetic.md asks the question on worlds"),
        ("core ablations", "their best value is a transposition bug of the original"),
    ];

    public static void Write(MarkdownText text) => text.Heading(2, "What is not repeated").Table(
        ["published", "why not here"], NotMade.Select(row => (IReadOnlyList<string>)[row.What, row.Why]));
}
