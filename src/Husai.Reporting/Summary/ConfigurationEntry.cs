using System.ComponentModel;
using System.Text.Json.Serialization;
using Husai.Analysis.Statistics;
using Husai.Experiments.Studies.Results;

namespace Husai.Reporting.Summary;

/// <summary>A configuration in <c>summary.json</c>.</summary>
internal sealed record ConfigurationEntry
{
    /// <summary>Its name.</summary>
    [Description("Its name, unique in the study.")]
    public required string Name { get; init; }

    /// <summary>Name of the configuration that it is a baseline of.</summary>
    [Description("Name of the configuration that it is a frozen baseline of; missing for others.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? BaselineOf { get; init; }

    /// <summary>Name of the configuration on the trained networks.</summary>
    [Description("Name of the same configuration on the trained network, where this one is on a control; missing for others.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ControlOf { get; init; }

    /// <summary>The architecture.</summary>
    [Description("The architecture.")]
    public required string Architecture { get; init; }

    /// <summary>The activation site.</summary>
    [Description("The activation site.")]
    public required string Site { get; init; }

    /// <summary>Width of the activations.</summary>
    [Description("Width of the activations.")]
    public required int Width { get; init; }

    /// <summary>Number of latents.</summary>
    [Description("Number of latents.")]
    public required int Latents { get; init; }

    /// <summary>What sets the sparsity.</summary>
    [Description("What sets the sparsity, such as k.")]
    public required string SparsityName { get; init; }

    /// <summary>Its value.</summary>
    [Description("Its value.")]
    public required double Sparsity { get; init; }

    /// <summary>Explained variance.</summary>
    [Description(
        "Explained variance on held-out rows, with its interval over seeds, or over transformers where there are several (mean, "
            + "standard_error, low, high, confidence, seeds).")]
    public required Interval? ExplainedVariance { get; init; }

    /// <summary>Mean number of active latents.</summary>
    [Description("Mean number of active latents, with its interval.")]
    public required Interval? L0 { get; init; }

    /// <summary>Share of dead latents.</summary>
    [Description("Share of dead latents, 0 to 1, with its interval.")]
    public required Interval? DeadFraction { get; init; }

    /// <summary>Number of live latents.</summary>
    [Description("Mean number of latents that are not dead.")]
    public required double? LiveLatents { get; init; }

    /// <summary>Accuracy with reconstructions.</summary>
    [Description(
        "Accuracy of the transformer with reconstructions in place of activations, 0 to 1, with its interval; null without a known "
            + "circuit.")]
    public required Interval? SplicedAccuracy { get; init; }

    /// <summary>Agreement between seeds.</summary>
    [Description("Agreement between seeds, or null with fewer than two.")]
    public required StabilityEntry? Stability { get; init; }

    /// <summary>Recovery of the circuit.</summary>
    [Description("Recovery of the circuit, or null.")]
    public required CircuitEntry? Circuit { get; init; }

    /// <summary>Other scores.</summary>
    [Description("Other scores, with their levels.")]
    public required IReadOnlyList<ScoreSummary> OtherScores { get; init; }

    /// <summary>The scores on each transformer.</summary>
    [Description(
        "Where the study has several transformers that differ only in their seed: the scores on each; the configuration's own are means "
            + "over them, with intervals over them. Else empty.")]
    public required IReadOnlyList<TransformerScoresEntry> Transformers { get; init; }

    /// <summary>One entry per seed.</summary>
    [Description("One entry per finished seed on each transformer.")]
    public required IReadOnlyList<SeedEntry> Seeds { get; init; }

    /// <summary>Agreement along training.</summary>
    [Description(
        "One entry per snapshot of training, ascending by step, the last being the end; empty unless the study asks for dynamics.")]
    public required IReadOnlyList<DynamicsSummary> Dynamics { get; init; }

    /// <summary>Agreement in function.</summary>
    [Description("One entry per matcher on whether matched latents do the same; missing unless the study asks for function.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FunctionScore>? Function { get; init; }

    /// <summary>Reconstructions inside the network.</summary>
    [Description("What becomes of the network's output with reconstructions in place of the site's rows; missing unless the study asks "
        + "for splice.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SplicedOutput? Spliced { get; init; }

    internal static ConfigurationEntry Of(ConfigurationResults configuration) => new()
    {
        Name = configuration.Name,
        BaselineOf = configuration.BaselineOf,
        ControlOf = configuration.ControlOf,
        Architecture = configuration.Architecture,
        Site = configuration.PlaceInWords(),
        Width = configuration.Width,
        Latents = configuration.Latents,
        SparsityName = configuration.SparsityName,
        Sparsity = configuration.Sparsity,
        ExplainedVariance = configuration.ExplainedVariance,
        L0 = configuration.L0,
        DeadFraction = configuration.DeadFraction,
        LiveLatents = configuration.LiveLatents(),
        SplicedAccuracy = configuration.SplicedAccuracy,
        Stability = configuration.Stability is { } stability ? StabilityEntry.Of(stability) : null,
        Circuit = configuration.Circuit is { } circuit ? CircuitEntry.Of(circuit) : null,
        OtherScores = configuration.OtherScores,
        Transformers = [.. configuration.Transformers.Select(TransformerScoresEntry.Of)],
        Seeds = [.. configuration.Seeds.Select(SeedEntry.Of)],
        Dynamics = configuration.Dynamics,
        Function = configuration.Function.Count > 0 ? configuration.Function : null,
        Spliced = configuration.Spliced,
    };
}
