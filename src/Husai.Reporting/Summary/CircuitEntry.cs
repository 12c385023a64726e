using System.ComponentModel;
using Husai.Analysis.Chance;
using Husai.Analysis.Circuits;
using Husai.Analysis.Stability;
using Husai.Analysis.Statistics;
using Husai.Analysis.Verdicts;

namespace Husai.Reporting.Summary;

/// <summary>Recovery of the circuit in <c>summary.json</c>.</summary>
internal sealed record CircuitEntry
{
    /// <summary>Energy in the best plane.</summary>
    [Description(
        "Mean energy of the decoder rows in their best plane, with its interval over seeds, or over transformers where there are several.")]
    public required Interval Overlap { get; init; }

    /// <summary>Energy in all planes.</summary>
    [Description("Mean energy of the decoder rows in the span of all planes, likewise.")]
    public required Interval Presence { get; init; }

    /// <summary>Level of the presence.</summary>
    [Description("Presence of isotropic directions: rank of the span over the width.")]
    public required double PresenceChance { get; init; }

    /// <summary>Level of the overlap.</summary>
    [Description("Overlap with other planes of the same span (value, se, draws).")]
    public required ChanceLevel OtherPlanes { get; init; }

    /// <summary>Chance-corrected overlap.</summary>
    [Description("(overlap - other planes) / (1 - other planes) with its interval (value, low, high).")]
    public required Kappa Kappa { get; init; }

    /// <summary>p of the overlap.</summary>
    [Description("Share of other planes with as high an overlap; null over several transformers.")]
    public required double? P { get; init; }

    /// <summary>A reference.</summary>
    [Description("Overlap of the activations about their mean: a reference.")]
    public required double DataPoints { get; init; }

    /// <summary>A reference.</summary>
    [Description("Overlap of as many principal components as the planes have dimensions: a reference.")]
    public required double PrincipalComponents { get; init; }

    /// <summary>What follows.</summary>
    [Description("one_sae, no_choice_of_plane, no_closer_than_data_points or recovered.")]
    public required CircuitFinding Finding { get; init; }

    internal static CircuitEntry Of(CircuitScore score) => new()
    {
        Overlap = score.Overlap,
        Presence = score.Presence,
        PresenceChance = score.PresenceChance,
        OtherPlanes = score.OtherPlanes,
        Kappa = score.Kappa,
        P = score.P,
        DataPoints = score.DataPoints,
        PrincipalComponents = score.PrincipalComponents,
        Finding = score.Finding,
    };
}
