using System.Text.Json.Serialization;
using Husai.Analysis.Statistics;

namespace Husai.Analysis.Functional;

/// <summary>How well the matches of one matcher do the same; means over the pairs of SAEs, with jackknife intervals over
/// seeds; null where no pair has a value.</summary>
/// <param name="Matcher">How latents were paired.</param>
/// <param name="Coverage">Share of the firing latents that have a partner.</param>
/// <param name="Substitution">Mean substitution R over matched latents, in activation space.</param>
/// <param name="Negative">The same by hard negatives, over the latents that have one.</param>
/// <param name="BeatsNegative">Share of these whose partner has a higher R than the hard negative; a tie counts half.</param>
/// <param name="Ausqc">Area under the quality-coverage curve.</param>
/// <param name="NegativeAusqc">The same for hard negatives in the same order.</param>
/// <param name="SubstitutionAsIs">Substitution R without a fitted factor, as one ratio of sums over all matched latents.</param>
/// <param name="Curve">Points of the quality-coverage curve.</param>
/// <param name="Strata">The same by firing rate.</param>
public sealed record MatcherAgreement(
    FunctionMatcher Matcher, Interval Coverage, Interval? Substitution, Interval? Negative, Interval? BeatsNegative, Interval Ausqc,
    Interval NegativeAusqc, Interval? SubstitutionAsIs, IReadOnlyList<CoveragePoint> Curve, IReadOnlyList<RateStratum> Strata)
{
    /// <summary>Effects on the logits; null where they are unknown.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EffectAgreement? Effects { get; init; }
}
