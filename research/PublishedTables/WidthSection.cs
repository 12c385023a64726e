using Husai.Reporting.Results;

namespace PublishedTables;

/// <summary>Experiment (b): the number of latents.</summary>
internal static class WidthSection
{
    /// <summary>Similarity and loss of each width.</summary>
    public static IReadOnlyList<(Comparison Pwmcc, Comparison Loss)> Comparisons(PublishedStudies studies) =>
    [
        .. PublishedNumbers.Widths.Select(published =>
        {
            var name = $"{published.Latents} / {published.K}";
            return (
                new Comparison(
                    name, published.Pwmcc, studies.Pwmcc(PublishedStudies.Width(published.Latents)), Rerun(published.PwmccRerun),
                    PublishedNumbers.PwmccSpread),
                new Comparison(
                    name, published.Loss, studies.Made(PublishedStudies.Width(published.Latents))?.Mse, Rerun(published.LossRerun),
                    Math.Max(PublishedNumbers.RelativeLossSpread * published.Loss, PublishedNumbers.LeastLossSpread)));
        }),
    ];

    public static void Write(MarkdownText text, PublishedStudies studies)
    {
        var comparisons = Comparisons(studies);
        text.Heading(2, "(b) The number of latents").Paragraph("PWMCC:");
        Comparison.Write(text, "latents / k", [.. comparisons.Select(pair => pair.Pwmcc)]);
        text.Paragraph(Comparison.Summary(comparisons.Select(pair => pair.Pwmcc)), "Loss, the mean squared error of a coordinate:");
        Comparison.Write(text, "latents / k", [.. comparisons.Select(pair => pair.Loss)]);
        text.Paragraph(
            Comparison.Summary(comparisons.Select(pair => pair.Loss)),
            "The published loss is the mean over the last epoch, ours that of the end. The published ratio to random is no effect size: "
                + "chance itself grows with the number of latents, so a sweep over widths bends it.");
    }

    private static (double Low, double High)? Rerun(double? value) => value is { } single ? (single, single) : null;
}
