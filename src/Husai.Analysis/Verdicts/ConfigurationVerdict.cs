using System.Globalization;
using Husai.Analysis.Circuits;
using Husai.Analysis.Stability;

namespace Husai.Analysis.Verdicts;

/// <summary>What the numbers of one configuration say.</summary>
/// <param name="Configuration">Its name.</param>
/// <param name="Agreement">What follows of the agreement between seeds; null where nothing follows.</param>
/// <param name="RecoversCircuit">Whether it recovers the circuit; null where that was not measured or cannot be said.</param>
/// <param name="Kappa">Chance-corrected stability, or null.</param>
/// <param name="Words">The same in words.</param>
public sealed record ConfigurationVerdict(string Configuration, Verdict? Agreement, bool? RecoversCircuit, double? Kappa, string Words)
{
    /// <summary>Whether the seeds share latents beyond chance: sentence 5.</summary>
    public bool IsReproducible => Agreement is { IsReproducible: true };

    /// <summary>Reads the verdict off the numbers.</summary>
    public static ConfigurationVerdict Of(ConfigurationMeasures measures)
    {
        ArgumentNullException.ThrowIfNull(measures);
        var (agreement, circuit) = (measures.Stability?.Verdict, measures.Circuit);
        return new ConfigurationVerdict(
            measures.Name, agreement, circuit?.RecoversCircuit, measures.Stability?.Kappa?.Value,
            $"{measures.Name}: {Agreement(measures.Stability)}; {Truth(measures)}.");

        static string Truth(ConfigurationMeasures measures) => measures.Truth switch
        {
            KnownTruth.Circuit => Circuit(measures.Circuit),
            KnownTruth.Features => measures.Features is { } features
                ? $"{features.ToText()} with the features" : "recovery of the features not measured",
            _ => "no truth is known to compare with",
        };

        static string Agreement(StabilityScore? score) => score switch
        {
            null => "agreement between seeds not measured",
            { Verdict: { } verdict, Kappa: { } kappa } => verdict.With($"kappa {kappa.ToText()}"),
            { Verdict: { } verdict } => verdict.Text.TrimEnd('.'),
            { Kappa: null } => "chance leaves no room for agreement",
            { P: { } p } =>
                $"two seeds, no interval: kappa {Stability.Kappa.Text(score.Kappa.Value)}, p = "
                    + $"{p.ToString("0.000", CultureInfo.InvariantCulture)}{(score.PIsApproximate ? " (approximate)" : "")}",
            _ => $"kappa {score.Kappa.ToText()}, no interval over seeds",
        };

        static string Circuit(CircuitScore? score) => score?.Finding switch
        {
            null or CircuitFinding.NoPlanes => "recovery of the circuit not measured",
            CircuitFinding.OneSae => $"one SAE gives no interval on the circuit (kappa {Stability.Kappa.Text(score.Kappa.Value)})",
            CircuitFinding.NoChoiceOfPlane =>
                $"no closer to the circuit's planes than to other planes of the same span (kappa {score.Kappa.ToText()})",
            CircuitFinding.NoCloserThanDataPoints =>
                $"chooses the circuit's planes, but lies in them no more than data points do (kappa {score.Kappa.ToText()})",
            _ => $"recovers the circuit (kappa {score.Kappa.ToText()})",
        };
    }
}
