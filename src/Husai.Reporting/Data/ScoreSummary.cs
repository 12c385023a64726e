using Husai.Analysis;

namespace Husai.Reporting;

/// <summary>A score that never stands alone: its full name, its interval over seeds and its chance levels.</summary>
public sealed record ScoreSummary
{
    /// <summary>Full name, such as <c>abs cosine, max, decoder, mean</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The score with its interval over seeds.</summary>
    public required Interval Value { get; init; }

    /// <summary>Level of independent isotropic directions, or null if not measured.</summary>
    public ChanceLevel? IsotropicChance { get; init; }

    /// <summary>Level of directions with the covariance of the activations, or null if not measured.</summary>
    public ChanceLevel? CovarianceChance { get; init; }

    /// <summary>
    /// Score minus strongest chance level with its interval over transformers; null where the seeds of autoencoders are the sample. Each transformer has
    /// a chance level of its own, so it is the differences, not the scores, that lie above chance or not.
    /// </summary>
    public Interval? Excess { get; init; }

    /// <summary>The higher of the chance levels, the one to beat; null if none was measured.</summary>
    public ChanceLevel? StrongestChance() => (IsotropicChance, CovarianceChance) switch
    {
        ({ } isotropic, { } covariance) => isotropic.Value > covariance.Value ? isotropic : covariance,
        var (isotropic, covariance) => isotropic ?? covariance,
    };

    /// <summary>Chance-corrected score against the strongest level: 0 at chance, 1 at identity; null without a level.</summary>
    public double? Kappa() => StrongestChance()?.Kappa(Value.Mean);
}
