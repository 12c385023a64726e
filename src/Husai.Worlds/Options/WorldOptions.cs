using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Husai.Worlds.Options;

/// <summary>
/// Everything that decides a synthetic world, in the terms of SynthSAEBench (Chanin and Garriga-Alonso 2026, arXiv 2602.14687).
/// </summary>
internal sealed record WorldOptions : IValidatableObject
{
    /// <summary>Number of features, N; a feature's index is its rank by frequency.</summary>
    [Description("Number of features")]
    [Range(1, 1 << 22)]
    public int Features { get; init; } = 16384;

    /// <summary>Width of the hidden vectors, d.</summary>
    [Description("Width of the hidden vectors")]
    [Range(1, 1 << 16)]
    public int Width { get; init; } = 768;

    /// <summary>Base probabilities.</summary>
    [Description("Base probabilities of the features")]
    public ProbabilityOptions Probabilities { get; init; } = new();

    /// <summary>Means of the magnitudes before rectification.</summary>
    [Description("Means of the magnitudes before rectification")]
    public MagnitudeOptions Means { get; init; } = new();

    /// <summary>Standard deviations of the magnitudes before rectification.</summary>
    [Description("Standard deviations of the magnitudes before rectification")]
    public MagnitudeOptions Deviations { get; init; } = new() { Start = 0, End = 0 };

    /// <summary>Correlation of what fires.</summary>
    [Description("Correlation of what fires")]
    public CorrelationOptions Correlation { get; init; } = new();

    /// <summary>Trees of features.</summary>
    [Description("Trees of features")]
    public TreeOptions Trees { get; init; } = new();

    /// <summary>Directions and bias.</summary>
    [Description("Directions of the features, and the bias")]
    public DictionaryOptions Dictionary { get; init; } = new();

    /// <summary>Seed of the world; samples have their own.</summary>
    [Description("Seed of the world; samples have a seed of their own")]
    [Range(0L, long.MaxValue)]
    public long Seed { get; init; } = 42;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Trees.Roots > Features)
        {
            yield return new ValidationResult($"{Trees.Roots} roots are more than the {Features} features", [nameof(Trees)]);
        }
    }
}
