using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Husai.Worlds.Options;

/// <summary>Base probabilities of the features, by rank.</summary>
internal sealed record ProbabilityOptions : IValidatableObject
{
    /// <summary>How probabilities fall with the rank.</summary>
    [Description("How probabilities fall with the rank")]
    public ProbabilityLaw Law { get; init; } = ProbabilityLaw.Zipfian;

    /// <summary>Probability of the most frequent feature.</summary>
    [Description("Probability of the most frequent feature")]
    [Range(0.0, 1.0)]
    public double Largest { get; init; } = 0.4;

    /// <summary>Probability of the rarest feature.</summary>
    [Description("Probability of the rarest feature")]
    [Range(0.0, 1.0)]
    public double Smallest { get; init; } = 5e-4;

    /// <summary>Exponent of the power law.</summary>
    [Description("zipfian: exponent of the power of the rank")]
    [Range(0.0, 100.0)]
    public double Exponent { get; init; } = 0.5;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Smallest > Largest)
        {
            yield return new ValidationResult("smallest is above largest", [nameof(Smallest)]);
        }
    }
}
