using Husai.Reporting.Tables;

namespace Husai.Reporting.Results.Networks;

/// <summary>Do seeds share latents beyond chance?</summary>
internal static class ChanceQuestion
{
    public static void Write(MarkdownText text, IReadOnlyList<NetworkRow> rows)
    {
        text.Heading(2, "Do seeds share latents beyond chance?");
        List<NetworkRow> judged = [.. rows.Where(row => row.Trained.Stability?.Verdict is not null)];
        List<NetworkRow> shared = [.. judged.Where(row => row.Trained.IsReproducible)];
        var answer = judged.Count == 0 ? "**Not said: it takes three seeds.**"
            : $"**{(shared.Count == judged.Count ? "Yes, in each of" : shared.Count == 0 ? "No, in none of" : $"In {shared.Count} of")} "
                + $"{judged.Count} configuration{(judged.Count == 1 ? "" : "s")}.**";
        text.Paragraph([answer, .. StudyText.HowToRead.Select(line => char.ToUpperInvariant(line[0]) + line[1..])]);
        text.Table(
            [
                "SAE", "explained variance", "L0", "dead", "similarity", "same shape", "kappa", "kappa turned", "found again",
                "what follows",
            ],
            rows.Select(row => (IReadOnlyList<string>)
            [
                row.Trained.Name, TableText.Interval(row.Trained.ExplainedVariance), TableText.Number(row.Trained.L0?.Mean, 1),
                TableText.Percent(row.Trained.DeadFraction?.Mean), TableText.Number(row.Trained.Stability?.Value.Mean),
                TableText.Chance(row.Trained.Stability?.Levels.SameShape), TableText.Kappa(row.Trained.Kappa),
                TableText.Kappa(row.Trained.Stability?.KappaTurned), TableText.Percent(row.Trained.Shared?.Value.Mean),
                row.Trained.Stability?.Verdict?.Text ?? TableText.Missing,
            ]));
        text.Paragraph("Found again: latents with one of a signed cosine above 0.7 in another seed, mean over the pairs of seeds.");
    }
}
