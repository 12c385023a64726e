using Husai.Analysis.Statistics;

namespace Husai.Reporting.Results.Questions;

/// <summary>Do SAEs that recover the circuit agree more?</summary>
internal static class AgreementAndRecoveryQuestion
{
    public static void Write(MarkdownText text, ResultsInput data)
    {
        var rows = data.Evidence.Where(row => row.Kappa is not null && row.Circuit is not null).ToList();
        text.Heading(2, "Do SAEs that recover the circuit agree more?");
        if (rows.Count < 4)
        {
            text.Paragraph("**Not measured: fewer than four configurations have both scores.**");
            return;
        }

        var stability = rows.Select(row => row.Kappa!.Value).ToArray();
        (string Name, double[] Values)[] measures =
        [
            ("choice of the circuit's planes (kappa)", [.. rows.Select(row => row.Circuit!.Kappa.Value)]),
            ("Fourier overlap as it is", [.. rows.Select(row => row.Mean(member => member.Circuit?.Overlap.Mean))]),
            ("R² of probes of 4 latents", [.. rows.Select(row => row.Mean(member => member.ProbeR2))]),
        ];
        var correlations = measures.Where(measure => measure.Values.All(double.IsFinite))
            .Select(measure => (measure.Name, Rho: RankCorrelation.Spearman(stability, measure.Values))).ToList();
        var main = correlations[0].Rho;
        var relation = RankCorrelation.RelationOf(main, rows.Count);
        var (other, otherRho) = correlations[^1];
        var opposes = (relation, RankCorrelation.RelationOf(otherRho, rows.Count)) is (RankRelation.Rises, RankRelation.Falls) or (
            RankRelation.Falls, RankRelation.Rises);
        text.Paragraph(
            opposes ? $"**It depends on what recovery is: over these {rows.Count} configurations agreement "
                + $"{(main > 0 ? "rises" : "falls")} with the choice of the circuit's planes (rank correlation "
                + $"{ResultText.Number(main, 2)}) and {(otherRho > 0 ? "rises" : "falls")} with {other} "
                + $"({ResultText.Number(otherRho, 2)}).**"
            : relation == RankRelation.Rises ? $"**Yes, over these {rows.Count} configurations: agreement rises with recovery (rank "
                + $"correlation {ResultText.Number(main, 2)}).**"
            : relation == RankRelation.Falls ? $"**No, rather the opposite: over these {rows.Count} configurations agreement falls with "
                + $"recovery (rank correlation {ResultText.Number(main, 2)}).**"
            : $"**Not clearly: over these {rows.Count} configurations the rank correlation of agreement and recovery is "
                + $"{ResultText.Number(main, 2)}.**",
            "Configurations on the same activations are not independent, so this orders them and is no test.");
        text.Table(
            ["recovery by", "rank correlation with stability (kappa)"],
            correlations.Select(correlation => (IReadOnlyList<string>)[correlation.Name, ResultText.Number(correlation.Rho, 2)]));
    }
}
