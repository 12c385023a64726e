namespace Husai.Reporting;

/// <summary>Is there a zone where features are reproducible?</summary>
internal static class ZoneQuestion
{
    private const double Target = 0.6;
    private const int Shown = 12;

    public static void Write(MarkdownText text, ResultsData data)
    {
        var all = data.Evidence.Where(row => row.SharedKappa is not null && row.Kappa is not null).ToList();
        var best = all.OrderByDescending(row => row.SharedKappa!.Mean).Take(Shown).ToList();
        text.Heading(2, "Is there a zone in which features are reproducible?").Paragraph(
            $"Of {all.Sum(row => row.Rows.Sum(member => member.Seeds))} SAEs in {all.Count} configurations on transformers that read at '='. Shared: a latent has a match of cosine above 0.7 in another seed; chance-corrected against the higher level. Intervals over transformers where there are three, else over seeds.");
        text.Paragraph(Answer(all));
        text.Table(
            ["configuration", "architecture", "latents", "L0", "explained variance", "dead", "shared", "chance", "shared, chance-corrected", "stability, kappa"],
            best.Select(row => (IReadOnlyList<string>)
            [
                row.Name, row.First.Architecture, Words.Number(row.First.Latents, 0), Words.Number(row.Mean(member => member.L0), 1),
                Words.Number(row.Mean(member => member.ExplainedVariance?.Mean)), Words.Percent(row.Mean(member => member.DeadFraction)),
                Words.Percent(row.Mean(member => member.Shared?.Value.Mean)), Words.Percent(row.Mean(member => member.Shared?.StrongestChance()?.Value)),
                TableText.Interval(row.SharedKappa, 2), TableText.Interval(row.Kappa, 2),
            ]));
    }

    private static string Answer(List<PooledRow> rows)
    {
        if (rows.Count == 0)
        {
            return "**Not measured.**";
        }

        var zone = rows.Where(row => row.SharedKappa is { Low: { } low } && low > Target).ToList();
        var nearly = rows.Where(row => row.SharedKappa!.Mean > Target).ToList();
        var beyond = rows.Count(row => row.Kappa is { Low: { } low } && low > 0);
        var sound = zone.Where(row => row.Mean(member => member.ExplainedVariance?.Mean) >= VerdictThresholds.LowExplainedVariance).ToList();
        var answer = zone.Count > 0
            ? $"**Yes: in {zone.Count} of {rows.Count} configurations more than {Words.Percent(Target)} of the latents are shared beyond chance, the whole interval above it** ({Words.Listed([.. zone.Select(row => row.Name)])})."
                + (sound.Count == zone.Count ? "" : $" {sound.Count} of them explain at least {Words.Percent(VerdictThresholds.LowExplainedVariance)} of the variance.")
            : nearly.Count > 0
                ? $"**Perhaps: {nearly.Count} of {rows.Count} configurations lie above {Words.Percent(Target)} shared beyond chance, but no interval does** ({Words.Listed([.. nearly.Select(row => row.Name)])})."
                : $"**No: of {rows.Count} configurations none has more than {Words.Percent(Target)} of its latents shared beyond chance.**";
        return answer + $" By mean similarity {beyond} of {rows.Count} are above the higher chance level.";
    }
}
