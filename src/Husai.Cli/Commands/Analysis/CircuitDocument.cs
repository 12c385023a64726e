using Husai.Analysis.Causal;
using Husai.Analysis.Circuits;
using Husai.Analysis.Sites;
using Husai.Transformers.Activations;

namespace Husai.Cli.Commands.Analysis;

/// <summary>What <c>fourier --json</c> prints. The measures at the top are those of the first SAE; <see cref="Saes"/> has all.</summary>
internal sealed record CircuitDocument
{
    public required string Site { get; init; }

    public required int Layer { get; init; }

    public required int Modulus { get; init; }

    public required CircuitPlanesDocument Circuit { get; init; }

    public required double? SpanEnergy { get; init; }

    public required double? SpanEnergyChance { get; init; }

    public required PlaneChoice? ChoiceOfPlane { get; init; }

    public required double? FourierOverlap { get; init; }

    public required double? FourierOverlapWeighted { get; init; }

    public required double FourierOverlapAsPublished { get; init; }

    public required EnergyNulls? Nulls { get; init; }

    public required WeightedMean Purity { get; init; }

    public required WeightedMean H3 { get; init; }

    public required IReadOnlyDictionary<LatentClass, int> Classes { get; init; }

    public required Coverage Coverage { get; init; }

    public required ProbeResult ProbeR2 { get; init; }

    public required IReadOnlyList<double> ProbeR2SumPlanes { get; init; }

    public required CircuitMatch GtMcc { get; init; }

    /// <summary>Turning the phases of the planes in the model's own activations; null when no plane carries a wave of a + b.</summary>
    public required Steering? Steering { get; init; }

    /// <summary>Whether all SAEs together, taken as seeds of one configuration, recover the circuit.</summary>
    public required CircuitVerdict Verdict { get; init; }

    /// <summary>For each SAE its probes and those of the best baseline.</summary>
    public required IReadOnlyList<ProbeComparison> Probes { get; init; }

    public required IReadOnlyList<SaeAnalysis> Saes { get; init; }

    public required IReadOnlyList<RecoveryReport> Baselines { get; init; }

    /// <summary>SAEs given as nulls, each at the site of the model that it was trained on.</summary>
    public required IReadOnlyList<RecoveryReport> NullSaes { get; init; }

    public static CircuitDocument Of(
        AnalysedSite site, IReadOnlyList<SaeAnalysis> saes, IReadOnlyList<RecoveryReport> baselines, IReadOnlyList<RecoveryReport> nullSaes)
    {
        var first = saes[0].Recovery;
        return new CircuitDocument
        {
            Site = site.Site.NameOf(),
            Layer = site.Layer,
            Modulus = site.Circuit.Modulus,
            Circuit = CircuitPlanesDocument.Of(site),
            SpanEnergy = first.SpanEnergy,
            SpanEnergyChance = first.SpanEnergyChance,
            ChoiceOfPlane = first.ChoiceOfPlane,
            FourierOverlap = first.FourierOverlap,
            FourierOverlapWeighted = first.FourierOverlapWeighted,
            FourierOverlapAsPublished = first.FourierOverlapAsPublished,
            Nulls = first.Nulls,
            Purity = first.Purity,
            H3 = first.H3,
            Classes = first.Classes,
            Coverage = first.Coverage,
            ProbeR2 = first.ProbeR2,
            ProbeR2SumPlanes = first.ProbeR2SumPlanes,
            GtMcc = first.GtMcc,
            Steering = site.Steer(site.Activations),
            Verdict = CircuitVerdict.Of([.. saes.Select(sae => sae.Recovery)], site.References),
            Probes = [.. saes.Select(sae => ProbeComparison.Of(sae.Recovery, baselines))],
            Saes = saes,
            Baselines = baselines,
            NullSaes = nullSaes,
        };
    }
}
