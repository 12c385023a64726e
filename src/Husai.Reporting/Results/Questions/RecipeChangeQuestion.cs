using Husai.Autoencoders.Options;
using Husai.Experiments.Studies.Results;
using Husai.Reporting.Tables;

namespace Husai.Reporting.Results.Questions;

/// <summary>Which change of the recipe makes seeds agree more?</summary>
internal static class RecipeChangeQuestion
{
    private static readonly string[] Header =
    [
        "configuration", "latents", "L0", "explained variance", "dead", "kappa", "turned kappa", "kappa less that of the plain one",
        "on each transformer", "agreement",
    ];

    private static readonly string[] OtherHeader = Header[..7];

    public static void Write(MarkdownText text, ResultsInput data)
    {
        text.Heading(2, "Which change of the recipe makes seeds agree more?");
        var groups = data.Changes.GroupBy(change => (change.Study, change.Site, change.Plain)).ToList();
        if (groups.Count == 0)
        {
            text.Paragraph("**Not measured.**");
            return;
        }

        text.Paragraph(
            "The same activations and the same k, one thing changed. Agreement is kappa against independent dictionaries of the same "
            + "shape, each configuration against its own level. A change raises it where the interval of the difference "
            + "lies above 0: over transformers, or over seeds where there is one.");
        foreach (var group in groups)
        {
            var rows = data.Pooled(group.Key.Study, group.Key.Site);
            if (rows.GetValueOrDefault(group.Key.Plain) is { } plain)
            {
                Write(text, plain, [.. group.Where(change => rows.ContainsKey(change.Changed))], rows);
            }
        }

        foreach (var place in groups.GroupBy(group => (group.Key.Study, group.Key.Site)))
        {
            var named = place.SelectMany(group => group).SelectMany(change => (string[])[change.Plain, change.Changed]).ToHashSet();
            var others = data.Pooled(place.Key.Study, place.Key.Site).Values.Where(row => !named.Contains(row.Name)).ToList();
            text.Paragraph(
                others.Count == 0
                    ? ""
                    : $"Other numbers of latents and of active ones on the same activations, whose effective rank is "
                        + $"{ResultText.Number(others[0].EffectiveRank, 1)}:");
            text.Table(OtherHeader, others.Select(row => (IReadOnlyList<string>)[.. Cells(row, null).Take(OtherHeader.Length)]));
        }
    }

    private static void Write(
        MarkdownText text, ConfigurationResults plain, List<RecipeChange> changes, IReadOnlyDictionary<string, ConfigurationResults> rows)
    {
        text.Paragraph(Answer(plain, changes, rows));
        text.Table(
            Header,
            [
                Cells(plain, null),
                .. changes.OrderByDescending(change => change.Gain?.Mean ?? double.NegativeInfinity)
                    .Select(change => Cells(rows[change.Changed], change)),
            ]);
    }

    private static IReadOnlyList<string> Cells(ConfigurationResults row, RecipeChange? change) =>
    [
        row.Name, ResultText.Number(row.Latents, 0), ResultText.Number(row.Mean(member => member.L0?.Mean), 1),
        ResultText.Number(row.Mean(member => member.ExplainedVariance?.Mean)),
        ResultText.Percent(row.Mean(member => member.DeadFraction?.Mean)), TableText.Kappa(row.Kappa),
        TableText.Kappa(row.Stability?.KappaTurned),
        change is null ? TableText.Missing : TableText.Interval(change.Gain),
        change is null
            ? TableText.Missing
            : string.Join(", ", change.OnEachTransformer.Select(difference => ResultText.Number(difference?.Value))),
        change is null ? TableText.Missing : change.Raises ? "raised" : change.Lowers ? "lowered" : "open",
    ];

    private static string Answer(
        ConfigurationResults plain, List<RecipeChange> changes, IReadOnlyDictionary<string, ConfigurationResults> rows)
    {
        var raised = changes.Where(change => change.Raises).OrderByDescending(change => change.Gain?.Mean).ToList();
        var learnt = raised.Where(change => rows[change.Changed].Freeze == FrozenPart.None).ToList();
        var lowered = changes.Where(change => change.Lowers).ToList();
        var open = changes.Where(change => !change.Raises && !change.Lowers).ToList();
        var answer = learnt.Count == 0
            ? $"**None of {changes.Count} changes of {plain.Name} that learn their directions raises agreement.**"
            : $"**Of {changes.Count} changes of {plain.Name}, {learnt.Count} that learn their directions raise agreement; most "
                + $"{rows[learnt[0].Changed].Name}: kappa {TableText.Kappa(rows[learnt[0].Changed].Kappa)} where it was "
                + $"{TableText.Kappa(plain.Kappa)}.** {Cost(plain, learnt, rows)}";
        var frozen = changes.Where(change => rows[change.Changed].Freeze == FrozenPart.Decoder).ToList();
        return string.Join(
            ' ',
            ((string[])
            [
                answer, Counted("Lowered by", lowered, rows), Counted("Open", open, rows),
                .. frozen.Select(change => Start(rows[change.Changed], learnt, rows)),
            ]).Where(sentence => sentence.Length > 0));
    }

    private static string Cost(
        ConfigurationResults plain, List<RecipeChange> raised, IReadOnlyDictionary<string, ConfigurationResults> rows) =>
        $"Explained variance and dead latents, {Quality(plain)} before: "
        + $"{string.Join("; ", raised.Select(change => $"{rows[change.Changed].Name} {Quality(rows[change.Changed])}"))}.";

    private static string Quality(ConfigurationResults row) =>
        $"{ResultText.Number(row.Mean(member => member.ExplainedVariance?.Mean))} and "
        + ResultText.Percent(row.Mean(member => member.DeadFraction?.Mean));

    private static string Counted(
        string what, List<RecipeChange> changes, IReadOnlyDictionary<string, ConfigurationResults> rows) => changes.Count == 0
        ? ""
        : $"{what}: {ResultText.Listed([.. changes.Select(change => rows[change.Changed].Name)], 20)}.";

    // What agrees without having learnt its directions agrees by how they were chosen.
    private static string Start(
        ConfigurationResults frozen, List<RecipeChange> learnt, IReadOnlyDictionary<string, ConfigurationResults> rows)
    {
        if (frozen.Kappa is not { } kappa)
        {
            return "";
        }

        var below = learnt.Where(change => rows[change.Changed].Kappa?.Value <= kappa.Value).ToList();
        return $"{frozen.Name} never learns its directions and agrees by {TableText.Kappa(kappa)}: that is the agreement of a choice "
            + "of directions from the same data, which training need not add to"
            + (below.Count == 0
                ? "."
                : $"; it is no less than that of {ResultText.Listed([.. below.Select(change => rows[change.Changed].Name)], 20)}.");
    }
}
