using System.Globalization;
using Husai.Analysis.Stability;

namespace Husai.Analysis.Verdicts;

/// <summary>The verdicts of a study's configurations together.</summary>
internal static class StudySentences
{
    public const string NoAgreement = "Not said: no configuration has a stability with an interval over seeds and a chance level.";

    private const int MostNamed = 6;

    public static string Headline(
        IReadOnlyList<ConfigurationMeasures> configurations, IReadOnlyList<ConfigurationVerdict> verdicts, int redFlags)
    {
        var judged = verdicts.Where(verdict => verdict.Agreement is not null).ToArray();
        var answer = (judged.Length, judged.Count(verdict => verdict.IsReproducible)) switch
        {
            (0, _) => "The study does not say whether seeds share latents",
            (var all, var some) when some == all => "Seeds share latents beyond chance",
            (_, 0) when judged.Any(verdict => verdict.Agreement!.Finding == AgreementFinding.NotTestedAgainstTurning) =>
                "Some seeds are more alike than chance, not tested against turning",
            (_, 0) => "No configuration's seeds share latents beyond chance",
            (var all, var some) => Format($"In {some} of {all} configurations seeds share latents beyond chance"),
        };
        var known = verdicts.Where(verdict => verdict.RecoversCircuit is not null).ToArray();
        var circuit = (known.Length, known.Count(verdict => verdict.RecoversCircuit == true)) switch
        {
            (0, _) when FeatureSentences.Best(configurations) is { } best => $"latents match features best at {best.Features!.ToText()}",
            (0, _) => Any(configurations, KnownTruth.Circuit) ? "recovery of the circuit was not measured"
                : Any(configurations, KnownTruth.Features) ? "recovery of the features was not measured"
                : "no truth is known to compare them with",
            (var all, var some) when some == all => all == 1 ? "it recovers the circuit" : "all recover the circuit",
            (_, 0) => "none recovers the circuit",
            (var all, var some) => Format($"{some} of {all} recover{(some == 1 ? "s" : "")} the circuit"),
        };
        return $"{answer}; {circuit}{(redFlags == 0 ? "" : Format($"; {redFlags} red flag{(redFlags == 1 ? "" : "s")}"))}.";
    }

    public static string Reproducible(IReadOnlyList<ConfigurationVerdict> verdicts)
    {
        var judged = verdicts.Where(verdict => verdict.Agreement is not null).ToArray();
        if (judged.Length == 0)
        {
            return NoAgreement;
        }

        // The strongest finding first; within one, in the order of the study.
        var groups = judged.GroupBy(verdict => verdict.Agreement!.Finding).OrderByDescending(group => Rank(group.Key))
            .Select(group =>
                $"{Listed([.. group.Select(verdict => verdict.Configuration)])}: {Verdict.SentenceOf(group.Key).TrimEnd('.')}");
        var reproducible = judged.Count(verdict => verdict.IsReproducible);
        var answer = reproducible == 0 ? "No" : reproducible == judged.Length ? "Yes" : Format($"In {reproducible} of {judged.Length}");
        return $"{answer}. {string.Join("; ", groups)}.";
    }

    public static string Circuit(IReadOnlyList<ConfigurationMeasures> configurations, IReadOnlyList<ConfigurationVerdict> verdicts)
    {
        var known = verdicts.Where(verdict => verdict.RecoversCircuit is not null).ToArray();
        string[] recovered = [.. known.Where(verdict => verdict.RecoversCircuit == true).Select(verdict => verdict.Configuration)];
        return (known.Length, recovered.Length) switch
        {
            (0, _) => Any(configurations, KnownTruth.Circuit)
                ? "Not said: no configuration has an overlap with the circuit's planes with an interval over seeds."
                : Any(configurations, KnownTruth.Features) ? "Not said: worlds have features and no circuit."
                : "Not said: no truth is known here, neither a circuit nor features. What can be said is how far "
                    + "seeds agree, beside chance, baselines and controls.",
            (_, 0) =>
                "No: no configuration chooses the circuit's planes among planes of the same span and lies in them more than data points "
                    + "do.",
            (var all, var some) => $"{(some == all ? "Yes" : Format($"In {some} of {all}"))}: {Listed(recovered)}.",
        };
    }

    public static string Listed(IReadOnlyList<string> names) => names.Count <= MostNamed
        ? string.Join(", ", names)
        : Format($"{string.Join(", ", names.Take(MostNamed - 1))} and {names.Count - MostNamed + 1} more");

    // A study without results is taken for one on transformers.
    private static bool Any(IReadOnlyList<ConfigurationMeasures> configurations, KnownTruth truth) => configurations.Count == 0
        ? truth == KnownTruth.Circuit
        : configurations.Any(configuration => configuration.Truth == truth);

    private static int Rank(AgreementFinding finding) =>
        finding == AgreementFinding.NotTestedAgainstTurning ? (int)AgreementFinding.SameGround : (int)finding;

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
