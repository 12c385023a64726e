using System.Globalization;
using Husai.Analysis.Functional;
using Husai.Analysis.Statistics;
using Husai.Cli.Output;
using Spectre.Console;

namespace Husai.Cli.Commands.Analysis;

/// <summary>An agreement in function for people.</summary>
internal static class FunctionTables
{
    public static void Write(IAnsiConsole console, FunctionalAgreement report)
    {
        console.WriteLine($"Latents that fire on {report.Rows} rows: {string.Join(", ", report.Firing)}");
        var matches = Tables.Create(
            console, "matcher", "#coverage", "#R", "interval", "#R, hard negative", "#match is better", "#AUSQC", "interval",
            "#AUSQC, negatives", "#R, factor 1");
        foreach (var matcher in report.Matchers)
        {
            matches.AddTextRow(
                matcher.Matcher.InWords(), Text(matcher.Coverage), Text(matcher.Substitution), Ends(matcher.Substitution),
                Text(matcher.Negative), Text(matcher.BeatsNegative), Text(matcher.Ausqc), Ends(matcher.Ausqc),
                Text(matcher.NegativeAusqc), Text(matcher.SubstitutionAsIs));
        }

        console.Write(matches);
        if (report.Matchers[0].Effects is not null)
        {
            var effects = Tables.Create(
                console, "effects on the logits", "#fingerprint", "interval", "#fingerprint, negative", "#R", "interval", "#R, negative",
                "#without effect");
            foreach (var (matcher, effect) in report.Matchers.Select(matcher => (matcher.Matcher, matcher.Effects!)))
            {
                effects.AddTextRow(
                    matcher.InWords(), Text(effect.Fingerprint), Ends(effect.Fingerprint), Text(effect.NegativeFingerprint),
                    Text(effect.Substitution), Ends(effect.Substitution), Text(effect.Negative), $"{effect.WithoutEffect}");
            }

            console.Write(effects);
        }

        var strata = Tables.Create(
            console, $"firing rate ({report.Matchers[0].Matcher.InWords()})", "#matches", "#R", "interval", "#R, hard negative",
            "#fingerprint");
        foreach (var stratum in report.Matchers[0].Strata)
        {
            strata.AddTextRow(
                string.Create(CultureInfo.InvariantCulture, $"{stratum.From} to {stratum.To}"), $"{stratum.Latents}",
                Text(stratum.Substitution), Ends(stratum.Substitution), Text(stratum.Negative), Text(stratum.Fingerprint));
        }

        console.Write(strata);
        console.WriteLine();
        Explanation.Write(
            console,
            "R: share of what a latent writes that its partner writes too, 1 for a perfect substitute; R, factor 1: "
            + "without a fitted factor, below 0 where the partner is worse than nothing; hard negative: the other latent "
            + "with the nearest decoder row that fires about as often as the partner; AUSQC: area under quality over "
            + "coverage; fingerprint: cosine of the effects of deleting a latent and its partner.");
    }

    private static string Text(Interval? interval) => interval?.Mean.ToString("0.000", CultureInfo.InvariantCulture) ?? "-";

    private static string Ends(Interval? interval) => interval?.Low is { } low
        ? string.Create(CultureInfo.InvariantCulture, $"{low:0.000} to {interval.High!.Value:0.000}")
        : "-";
}
