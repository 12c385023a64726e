using System.Globalization;
using Husai.Analysis.Statistics;

namespace Husai.Analysis.Circuits;

/// <summary>
/// Whether SAEs that differ only in their seed recover the circuit: the kappa of their overlap against other planes of the same span, and
/// their overlap itself against that of data points, both with intervals over seeds.
/// </summary>
/// <param name="Finding">The answer.</param>
/// <param name="Saes">The SAEs.</param>
/// <param name="Presence">Mean energy in the span of all planes; null without planes.</param>
/// <param name="Overlap">Mean energy in the best plane; null without planes.</param>
/// <param name="Kappa">(mean overlap - mean level) / (1 - mean level), with its jackknife interval; null without planes.</param>
/// <param name="Choice">The mean overlap beside the same mean with other planes of the same span; null without planes.</param>
/// <param name="References">What is known of the site without SAEs; null without planes.</param>
public sealed record CircuitVerdict(
    CircuitFinding Finding, IReadOnlyList<string> Saes, Interval? Presence, Interval? Overlap, Interval? Kappa, PlaneChoice? Choice,
    CircuitReferences? References)
{
    /// <summary>Whether the circuit is recovered; null where that cannot be said: without planes, and for one SAE.</summary>
    public bool? RecoversCircuit =>
        Finding is CircuitFinding.NoPlanes or CircuitFinding.OneSae ? null : Finding == CircuitFinding.Recovered;

    /// <summary>The answer in one sentence.</summary>
    public string Sentence => Finding switch
    {
        CircuitFinding.NoPlanes => "The site has no planes to compare directions with.",
        CircuitFinding.OneSae => $"One SAE gives no interval over seeds: {Numbers}.",
        CircuitFinding.NoChoiceOfPlane =>
            $"The directions lie no closer to the circuit's planes than to other planes of the same span: {Numbers}.",
        CircuitFinding.NoCloserThanDataPoints =>
            $"The directions choose the circuit's planes, but lie in them no more than data points do: {Numbers}.",
        _ => $"The directions recover the circuit: they choose its planes, and lie in them more than data points do: {Numbers}.",
    };

    private string Numbers =>
        $"overlap {Text(Overlap!)} (data points {Text(References!.DataPoints.Score)}), other planes {Text(Choice!.OtherPlanes.Value)}, "
            + $"kappa {Stability.Kappa.Of(Kappa!).ToText()}, p = {Text(Choice.P)}";

    /// <summary>Judges the SAEs of one configuration at one site.</summary>
    /// <param name="reports">One report for each SAE, measured in this process at one site; at least one.</param>
    /// <param name="references">The site's references; null when it has no planes.</param>
    public static CircuitVerdict Of(IReadOnlyList<RecoveryReport> reports, CircuitReferences? references)
    {
        ArgumentNullException.ThrowIfNull(reports);
        ArgumentOutOfRangeException.ThrowIfZero(reports.Count);
        string[] saes = [.. reports.Select(report => report.Name)];
        if (references is null)
        {
            return new CircuitVerdict(CircuitFinding.NoPlanes, saes, null, null, null, null, null);
        }

        var choices = reports.Select(report => report.ChoiceOfPlane!).ToArray();
        var overlap = Jackknife.OfMean([.. choices.Select(choice => choice.Score)]);
        var kappa = Jackknife.Of(choices.Length, leftOut => KappaOf(choices, leftOut));
        var presence = Jackknife.OfMean([.. reports.Select(report => report.SpanEnergy!.Value)]);
        return new CircuitVerdict(
            FindingOf(kappa.Low, overlap.Low - references.DataPoints.Score), saes, presence, overlap, kappa, PlaneChoice.Mean(choices),
            references);
    }

    /// <summary>What follows from the lower ends of two intervals, which are null for one SAE.</summary>
    /// <param name="kappaLow">That of kappa.</param>
    /// <param name="overDataPointsLow">That of the overlap minus the overlap of data points.</param>
    internal static CircuitFinding FindingOf(double? kappaLow, double? overDataPointsLow) => kappaLow switch
    {
        null => CircuitFinding.OneSae,
        <= 0 => CircuitFinding.NoChoiceOfPlane,
        _ => overDataPointsLow > 0 ? CircuitFinding.Recovered : CircuitFinding.NoCloserThanDataPoints,
    };

    private static double KappaOf(PlaneChoice[] choices, int leftOut)
    {
        var kept = choices.Where((_, index) => index != leftOut).ToArray();
        return Stability.Kappa.Corrected(kept.Average(choice => choice.Score), kept.Average(choice => choice.OtherPlanes.Value));
    }

    private static string Text(Interval interval) =>
        interval is { Low: { } low, High: { } high } ? $"{Text(interval.Mean)} [{Text(low)}, {Text(high)}]" : Text(interval.Mean);

    private static string Text(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
