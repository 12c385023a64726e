using Husai.Analysis;

namespace Husai.Reporting;

/// <summary>Do SAEs that recover the circuit agree more?</summary>
internal static class AgreementAndRecoveryQuestion
{
    public static void Write(MarkdownText text, ResultsData data)
    {
        var rows = data.Evidence.Where(row => row.Kappa is not null && row.OverlapKappa is not null).ToList();
        text.Heading(2, "Do SAEs that recover the circuit agree more?");
        if (rows.Count < 4)
        {
            text.Paragraph("**Not measured: fewer than four configurations have both scores.**");
            return;
        }

        var stability = rows.Select(row => row.Kappa!.Mean).ToArray();
        (string Name, double[] Values)[] measures =
        [
            ("Fourier overlap, chance-corrected", [.. rows.Select(row => row.OverlapKappa!.Mean)]),
            ("Fourier overlap as it is", [.. rows.Select(row => row.Mean(member => member.Overlap?.Value.Mean))]),
            ("R² of probes of 4 latents", [.. rows.Select(row => row.Mean(member => member.ProbeR2))]),
        ];
        var correlations = measures.Where(measure => measure.Values.All(double.IsFinite))
            .Select(measure => (measure.Name, Rho: RankCorrelation.Spearman(stability, measure.Values))).ToList();
        var main = correlations[0].Rho;
        var words = Words.Correlation(main, rows.Count);
        var (other, otherRho) = correlations[^1];
        var opposes = (words, Words.Correlation(otherRho, rows.Count)) is (Words.Rises, Words.Falls) or (Words.Falls, Words.Rises);
        text.Paragraph(
            opposes ? $"**It depends on what recovery is: over these {rows.Count} configurations agreement {(main > 0 ? "rises" : "falls")} with the Fourier overlap of directions (rank correlation {Words.Number(main, 2)}) and {(otherRho > 0 ? "rises" : "falls")} with {other} ({Words.Number(otherRho, 2)}).**"
            : words == Words.Rises ? $"**Yes, over these {rows.Count} configurations: agreement rises with recovery (rank correlation {Words.Number(main, 2)}).**"
            : words == Words.Falls ? $"**No, rather the opposite: over these {rows.Count} configurations agreement falls with recovery (rank correlation {Words.Number(main, 2)}).**"
            : $"**Not clearly: over these {rows.Count} configurations the rank correlation of agreement and recovery is {Words.Number(main, 2)}.**",
            "Configurations on the same activations are not independent, so this orders them and is no test.");
        text.Table(
            ["recovery by", "rank correlation with stability (kappa)"],
            correlations.Select(correlation => (IReadOnlyList<string>)[correlation.Name, Words.Number(correlation.Rho, 2)]));
    }
}
