using System.ComponentModel;
using Husai.Analysis.Stability;
using Husai.Analysis.Statistics;
using Husai.Analysis.Verdicts;

namespace Husai.Reporting.Summary;

/// <summary>
/// Agreement between seeds in <c>summary.json</c>; the keys that <c>husai stability --json</c> has too hold the same numbers.
/// </summary>
internal sealed record StabilityEntry
{
    /// <summary>Full name.</summary>
    [Description("Full name: similarity, matcher, weights, reduction.")]
    public required string Name { get; init; }

    /// <summary>Mean over pairs of seeds.</summary>
    [Description("Mean over pairs of seeds.")]
    public required double Mean { get; init; }

    /// <summary>Its interval.</summary>
    [Description(
        "The mean with its interval over seeds, or over transformers where there are several (mean, standard_error, low, high, "
            + "confidence, seeds).")]
    public required Interval Interval { get; init; }

    /// <summary>Chance-corrected score.</summary>
    [Description(
        "(mean - same shape) / (1 - same shape), pair by pair, with its interval (value, low, high); null where it is refused: seeds that "
            + "share a start, or no room above chance.")]
    public required Kappa? Kappa { get; init; }

    /// <summary>The same against turned dictionaries.</summary>
    [Description("The same against dictionaries turned within the activations' principal directions; null where that was not drawn.")]
    public required Kappa? KappaTurned { get; init; }

    /// <summary>p of two seeds.</summary>
    [Description("Share of null studies that reach the mean, for two seeds; null for more.")]
    public required double? P { get; init; }

    /// <summary>How p was got.</summary>
    [Description("Whether p is that of a normal distribution with the moments of a few draws.")]
    public required bool PIsApproximate { get; init; }

    /// <summary>Mean cosine to the start.</summary>
    [Description("Mean cosine of live decoder rows to where they started; null without a snapshot of step 0.")]
    public required double? CosineToStart { get; init; }

    /// <summary>The levels.</summary>
    [Description(
        "Levels, each with value, se and draws (0: exact), or null: same_shape, the one of kappa; same_shape_uncorrected; turned; and the "
            + "references isotropic, own_neighbour, untrained and activations, which have no part in kappa or verdict.")]
    public required ChanceLevels Levels { get; init; }

    /// <summary>Number of the sentence.</summary>
    [Description("Number of the sentence, 1 to 5, or null where none is said.")]
    public required int? Verdict { get; init; }

    /// <summary>The sentence.</summary>
    [Description("The sentence, or null.")]
    public required string? Sentence { get; init; }

    /// <summary>What is added to it.</summary>
    [Description(
        "Sentences that are added: decoders that have hardly left their initialisation, scores no higher than between neighbours within "
            + "one dictionary.")]
    public required IReadOnlyList<string> Additions { get; init; }

    internal static StabilityEntry Of(StabilityScore score) => new()
    {
        Name = score.Name,
        Mean = score.Value.Mean,
        Interval = score.Value,
        Kappa = score.Kappa,
        KappaTurned = score.KappaTurned,
        P = score.P,
        PIsApproximate = score.PIsApproximate,
        CosineToStart = score.CosineToStart,
        Levels = score.Levels,
        Verdict = score.Verdict?.Number,
        Sentence = score.Verdict?.Sentence,
        Additions = score.Verdict?.Additions ?? [],
    };
}
