using System.Text.Json.Serialization;
using Husai.Formats.Json;

namespace Husai.Autoencoders.Metrics;

/// <summary>
/// How well some rows are reconstructed, and by how many latents. One definition each; the published variants have names of their own.
/// A ratio whose denominator is 0 is undefined: <see cref="double.NaN"/>, and null in JSON.
/// </summary>
public sealed record ReconstructionMetrics
{
    /// <summary>Number of rows that were measured.</summary>
    public required int Rows { get; init; }

    /// <summary>1 - sum ||x - x̂||² / sum ||x - mean(x)||².</summary>
    [JsonConverter(typeof(UndefinedAsNull))]
    public required double ExplainedVariance { get; init; }

    /// <summary>Mean over rows of ||x - x̂||² / width.</summary>
    public required double Mse { get; init; }

    /// <summary>Mean number of non-zero latents.</summary>
    public required double L0 { get; init; }

    /// <summary>Mean sum of the latents' values.</summary>
    public required double L1 { get; init; }

    /// <summary>As in older SAELens: mean over rows of 1 - ||x - x̂||² / ||x - mean(x)||².</summary>
    [JsonConverter(typeof(UndefinedAsNull))]
    public required double EvLegacy { get; init; }

    /// <summary>As in dictionary_learning: 1 - sum of Var(x - x̂) / sum of Var(x), which forgives a constant offset.</summary>
    [JsonConverter(typeof(UndefinedAsNull))]
    public required double FveResidualMeanRemoved { get; init; }

    /// <summary>1 - sum ||x - x̂||² / sum ||x||².</summary>
    [JsonConverter(typeof(UndefinedAsNull))]
    public required double EvUncentred { get; init; }

    /// <summary>1 - variance of all elements of x - x̂ / variance of all elements of x, pooled.</summary>
    [JsonConverter(typeof(UndefinedAsNull))]
    public required double EvPooledScalar { get; init; }

    /// <summary>Share of latents that fired on a smaller share of the rows than the threshold.</summary>
    public required double DeadFraction { get; init; }

    /// <summary>Share of the rows on which each latent fired.</summary>
    public required double[] FiringFrequencies { get; init; }
}
