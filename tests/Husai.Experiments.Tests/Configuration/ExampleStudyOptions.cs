using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Husai.Experiments.Tests.Configuration;

/// <summary>Options with a property of every kind that a configuration may have.</summary>
public sealed record ExampleStudyOptions : IValidatableObject
{
    public required string Name { get; init; }

    public string? Note { get; init; }

    [Range(1, 100)]
    public int Seeds { get; init; } = 10;

    public ulong RootSeed { get; init; }

    public bool Resume { get; init; } = true;

    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public float Fraction { get; init; } = 0.5f;

    public double Tolerance { get; init; } = 1e-9;

    public int? Patience { get; init; }

    public Architecture Architecture { get; init; } = Architecture.TopK;

    [AllowedValues("mean", "median")]
    public string Reduction { get; init; } = "mean";

    public OptimiserOptions Optimiser { get; init; } = new() { LearningRate = 3e-4 };

    [Range(1, int.MaxValue), MinLength(1)]
    public IReadOnlyList<int> Widths { get; init; } = [128, 256];

    public List<OptimiserOptions> Stages { get; init; } = [];

    public IReadOnlyDictionary<string, double> Weights { get; init; } = new Dictionary<string, double>();

    public int Total => Seeds * Widths.Count;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Patience > Seeds)
        {
            yield return new ValidationResult($"patience {Patience} exceeds seeds {Seeds}", [nameof(Patience)]);
        }
    }
}

public enum Architecture
{
    TopK,
    BatchTopK,

    [JsonStringEnumMemberName("jumprelu")]
    JumpReLU,
}

public sealed record OptimiserOptions
{
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double LearningRate { get; init; } = 1e-3;

    public double Beta1 { get; init; } = 0.9;
}
