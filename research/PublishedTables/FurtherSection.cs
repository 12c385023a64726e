using Husai.Reporting.Results;

namespace PublishedTables;

/// <summary>Rows that the original published beside its tables: layers and tasks.</summary>
internal static class FurtherSection
{
    private const string TwoLayers = "leaked";
    private const string OneLayer = "leaked_1layer";

    public static IReadOnlyList<Comparison> Comparisons(PublishedStudies studies) =>
    [
        new(
            "effective rank, two layers, after the first epoch", 80.5, studies.EffectiveRank(PublishedStudies.Original, TwoLayers),
            (80.5, 81.7), PublishedNumbers.EffectiveRankSpread, 1),
        new("effective rank, one layer", 33.5, studies.EffectiveRank(PublishedStudies.Layers, OneLayer), Decimals: 1),
        new("layer 0 of two: PWMCC", 0.309, studies.Pwmcc(PublishedStudies.Layer0, TwoLayers)),
    ];

    public static void Write(MarkdownText text, PublishedStudies studies)
    {
        var comparisons = Comparisons(studies);
        text.Heading(2, "Layers and tasks");
        Comparison.Write(text, "", comparisons);
        text.Paragraph(
            Comparison.Summary(comparisons),
            "The original trained its one-layer transformer on 30% of the pairs with a weight decay of 1 and stopped it after 1000 epochs, "
                + "as ours is. Its SAEs of layer 0 read the token '+', where activations depend on the first operand alone (113 "
                + "different rows); ours read the answer's token. That is the difference: on activations of `husai activations extract "
                + "--layer 0 --position +` the same SAEs with seeds 42, 123 and 456 have a PWMCC of .3105.");
        text.Table(
            ["not published as a number", "ours: PWMCC", "random decoders"],
            [
                Ours("one layer, layer 0, 30 epochs", PublishedStudies.Layer0Headline, OneLayer),
                Ours("layer 0 of two, 30 epochs", PublishedStudies.Layer0Headline, TwoLayers),
                Ours("multiplication, read at '=', 128 latents, k = 16", PublishedStudies.Multiplication, ""),
            ]);
        text.Paragraph(studies.EffectiveRank(PublishedStudies.Tasks, "multiplication") is { } rank
            ? $"The effective rank of the activations for multiplication is {ResultText.Number(rank, 1)}."
            : "");

        IReadOnlyList<string> Ours(string name, string configuration, string family) =>
        [
            name, ResultText.Number(studies.Pwmcc(configuration, family)),
            ResultText.Number(studies.Measured(studies.Made(configuration, family))?.Scores.MeanRandomPwmcc()),
        ];
    }
}
