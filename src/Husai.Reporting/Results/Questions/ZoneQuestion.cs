using Husai.Experiments.Studies.Results;
using Husai.Reporting.Tables;

namespace Husai.Reporting.Results.Questions;

/// <summary>Is there a zone where features are reproducible?</summary>
internal static class ZoneQuestion
{
    private const double Target = 0.6;
    private const int Shown = 12;

    public static void Write(MarkdownText text, ResultsInput data)
    {
        var all = data.Evidence.Where(row => row.Shared?.Kappa is not null).ToList();
        var best = all.OrderByDescending(row => row.Shared!.Kappa!.Value).Take(Shown).ToList();
        text.Heading(2, "Is there a zone in which features are reproducible?").Paragraph(
            $"Of {all.Sum(row => row.Seeds.Count)} SAEs in {all.Count} configurations on transformers that read at '='. Shared: a latent "
                + $"has a match of cosine above 0.7 in another seed; chance is that of independent dictionaries of the same shape. "
                + $"Intervals over transformers where there are several, else over seeds.");
        text.Paragraph(Answer(all));
        text.Table(
            ["configuration", "architecture", "latents", "L0", "explained variance", "dead", "spliced accuracy", "shared", "chance",
            "shared, kappa", "stability, kappa", "turned kappa", "seeds share latents"],
            best.Select(row => (IReadOnlyList<string>)
            [
                row.Name, row.Architecture, ResultText.Number(row.Latents, 0), ResultText.Number(row.Mean(member => member.L0?.Mean), 1),
                ResultText.Number(row.Mean(member => member.ExplainedVariance?.Mean)),
                ResultText.Percent(row.Mean(member => member.DeadFraction?.Mean)),
                ResultText.Number(row.Mean(member => member.SplicedAccuracy?.Mean)),
                ResultText.Percent(row.Mean(member => member.Shared?.Value.Mean)),
                ResultText.Percent(row.Mean(member => member.Shared?.Levels.SameShape.Value)),
                TableText.Kappa(row.Shared?.Kappa), TableText.Kappa(row.Kappa), TableText.Kappa(row.Stability?.KappaTurned),
                row.IsReproducible
                    ? "yes"
                    : "no",
            ]));
    }

    private static string Answer(List<ConfigurationResults> rows)
    {
        if (rows.Count == 0)
        {
            return "**Not measured.**";
        }

        var zone = rows.Where(row => row.Shared!.Kappa is { Low: { } low } && low > Target).ToList();
        var nearly = rows.Where(row => row.Shared!.Kappa!.Value > Target).ToList();
        var sharing = rows.Count(row => row.IsReproducible);
        var sound = zone.Where(row => row.Mean(member => member.ExplainedVariance?.Mean) >= row.Limits.LowestExplainedVariance).ToList();
        var answer = zone.Count > 0
            ? $"**Yes: in {zone.Count} of {rows.Count} configurations more than {ResultText.Percent(Target)} of the latents are shared "
                + $"beyond chance, the whole interval above it** ({ResultText.Listed([.. zone.Select(row => row.Name)])})."
                + (
                    sound.Count == zone.Count
                        ? ""
                        : $" {sound.Count} of them explain as much of the variance as their configuration asks for.")
            : nearly.Count > 0
                ? $"**Perhaps: {nearly.Count} of {rows.Count} configurations lie above {ResultText.Percent(Target)} shared beyond chance, "
                    + $"but no interval does** ({ResultText.Listed([.. nearly.Select(row => row.Name)])})."
                : $"**No: of {rows.Count} configurations none has more than {ResultText.Percent(Target)} of its latents shared beyond "
                    + $"chance.**";
        return answer
            + $" By mean similarity the seeds of {sharing} of {rows.Count} share latents beyond chance: both above dictionaries of the "
            + $"same shape and above dictionaries turned within the activations' principal directions.";
    }
}
