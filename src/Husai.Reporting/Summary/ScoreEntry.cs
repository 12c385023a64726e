using System.ComponentModel;
using Husai.Analysis;

namespace Husai.Reporting;

/// <summary>A score in <c>summary.json</c>.</summary>
public sealed record ScoreEntry
{
    /// <summary>Full name.</summary>
    [Description("Full name: similarity, matcher, weights, reduction.")]
    public required string Name { get; init; }

    /// <summary>The score.</summary>
    [Description("The score with its interval over seeds, or over transformers where there are several (mean, standard_error, low, high, confidence, seeds).")]
    public required Interval Value { get; init; }

    /// <summary>Isotropic chance.</summary>
    [Description("Level of isotropic directions (value, standard_error, draws), or null.")]
    public required ChanceLevel? IsotropicChance { get; init; }

    /// <summary>Covariance-matched chance.</summary>
    [Description("Level of directions with the covariance of the activations, or null.")]
    public required ChanceLevel? CovarianceChance { get; init; }

    /// <summary>Chance-corrected score.</summary>
    [Description("(score - chance) / (1 - chance) against the higher level, or null.")]
    public required double? Kappa { get; init; }

    /// <summary>Score minus chance, over transformers.</summary>
    [Description("Score minus strongest chance level with its interval over transformers, which then decides against_chance; null with one transformer.")]
    public required Interval? Excess { get; init; }

    /// <summary>Where the interval lies.</summary>
    [Description("not_measured, at_chance, undecided or beyond_chance.")]
    public required Reproducibility AgainstChance { get; init; }

    internal static ScoreEntry Of(ScoreSummary score) => new()
    {
        Name = score.Name,
        Value = score.Value,
        IsotropicChance = score.IsotropicChance,
        CovarianceChance = score.CovarianceChance,
        Kappa = score.Kappa(),
        Excess = score.Excess,
        AgainstChance = AboveChance.Of(score),
    };
}
