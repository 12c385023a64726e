using System.Text.Json.Serialization;
using Husai.Autoencoders.Training;

namespace Husai.Experiments.Studies.Results;

/// <summary>One trained SAE.</summary>
public sealed record SeedResults
{
    /// <summary>Its seed.</summary>
    public long Seed { get; init; }

    /// <summary>The transformer whose activations it was trained on.</summary>
    public string Transformer { get; init; } = "";

    /// <summary>Explained variance on held-out rows.</summary>
    public double? ExplainedVariance { get; init; }

    /// <summary>Mean squared error per coordinate.</summary>
    public double? Mse { get; init; }

    /// <summary>Mean number of active latents.</summary>
    public double? L0 { get; init; }

    /// <summary>Share of latents that hardly ever fire, in [0, 1].</summary>
    public double? DeadFraction { get; init; }

    /// <summary>Mean similarity to the other seeds.</summary>
    public double? Stability { get; init; }

    /// <summary>Agreement with the circuit.</summary>
    public double? Circuit { get; init; }

    /// <summary>Losses and metrics at the logged steps, in order; empty before <see cref="WithTraining"/>.</summary>
    public IReadOnlyList<TrainingPoint> Training { get; init; } = [];

    /// <summary>Its folder; empty where it comes from none.</summary>
    [JsonIgnore]
    public string Folder { get; init; } = "";

    /// <summary>The same with the evaluations along training, which are read from its folder.</summary>
    internal SeedResults WithTraining() => Folder.Length == 0 ? this : this with { Training = MetricsLines.Read<TrainingPoint>(Folder) };
}
