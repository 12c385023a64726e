using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Husai.Worlds.Options;

/// <summary>One parameter of the features' magnitudes: their means, or their standard deviations.</summary>
internal sealed record MagnitudeOptions : IValidatableObject
{
    /// <summary>How it depends on the rank.</summary>
    [Description("How the parameter depends on the rank")]
    public MagnitudeLaw Law { get; init; } = MagnitudeLaw.Constant;

    /// <summary>Value of the most frequent feature; of all, where the law is constant.</summary>
    [Description("Value of the most frequent feature; constant: of all")]
    [Range(0.0, 1e6)]
    public double Start { get; init; } = 1;

    /// <summary>Value of the rarest feature.</summary>
    [Description("linear, exponential: value of the rarest feature")]
    [Range(0.0, 1e6)]
    public double End { get; init; } = 1;

    /// <summary>Mean of the normal number that is folded.</summary>
    [Description("folded_normal: mean of the normal number whose absolute value is taken")]
    [Range(-1e6, 1e6)]
    public double Mean { get; init; }

    /// <summary>Standard deviation of the normal number that is folded.</summary>
    [Description("folded_normal: standard deviation of the normal number whose absolute value is taken")]
    [Range(0.0, 1e6)]
    public double Deviation { get; init; } = 1;

    /// <summary>Least value after folding; none if null.</summary>
    [Description("folded_normal: least value; none if not given")]
    [Range(0.0, 1e6)]
    public double? Least { get; init; }

    /// <summary>Greatest value after folding; none if null.</summary>
    [Description("folded_normal: greatest value; none if not given")]
    [Range(0.0, 1e6)]
    public double? Greatest { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Law == MagnitudeLaw.Exponential && (Start == 0 || End == 0))
        {
            yield return new ValidationResult("start and end of an exponential law must be above 0", [nameof(Start)]);
        }

        if (Least > Greatest)
        {
            yield return new ValidationResult("least is above greatest", [nameof(Least)]);
        }
    }
}
