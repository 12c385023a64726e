using System.ComponentModel;
using System.Text.Json.Serialization;
using Husai.Analysis.Functional;
using Husai.Analysis.Statistics;
using Husai.Analysis.Verdicts;

namespace Husai.Experiments.Studies.Results;

/// <summary>How far the latents that a matcher pairs do the same; also its entry in <c>summary.json</c>.</summary>
public sealed record FunctionScore
{
    /// <summary>How latents are paired.</summary>
    [Description("How latents of two seeds are paired.")]
    public required FunctionMatcher Matcher { get; init; }

    /// <summary>Share of the latents that have a partner.</summary>
    [Description("Share of the firing latents that have a partner, with its interval.")]
    public Interval? Coverage { get; init; }

    /// <summary>Substitution R of matches.</summary>
    [Description("Mean substitution R over matched latents: the share of what a latent writes that its partner writes too, or null.")]
    public Interval? Substitution { get; init; }

    /// <summary>The same of hard negatives.</summary>
    [Description("The same by hard negatives, or null.")]
    public Interval? Negative { get; init; }

    /// <summary>Share of latents whose match is the better one.</summary>
    [Description("Share of the latents whose partner has a higher R than the hard negative, or null.")]
    public Interval? BeatsNegative { get; init; }

    /// <summary>Area under quality over coverage.</summary>
    [Description("Area under quality over coverage.")]
    public Interval? Ausqc { get; init; }

    /// <summary>The same of hard negatives.</summary>
    [Description("The same of hard negatives.")]
    public Interval? NegativeAusqc { get; init; }

    /// <summary>Cosine of the effects on the logits.</summary>
    [Description("Mean cosine of the effects on the logits of deleting a latent and its partner, or null where they are not measured.")]
    public Interval? Fingerprint { get; init; }

    /// <summary>The same of hard negatives.</summary>
    [Description("The same of hard negatives, or null.")]
    public Interval? NegativeFingerprint { get; init; }

    /// <summary>Points of quality over coverage.</summary>
    [JsonIgnore]
    public IReadOnlyList<CoveragePoint> Curve { get; init; } = [];

    internal static FunctionScore Of(MatcherAgreement agreement) => new()
    {
        Matcher = agreement.Matcher,
        Coverage = agreement.Coverage,
        Substitution = agreement.Substitution,
        Negative = agreement.Negative,
        BeatsNegative = agreement.BeatsNegative,
        Ausqc = agreement.Ausqc,
        NegativeAusqc = agreement.NegativeAusqc,
        Fingerprint = agreement.Effects?.Fingerprint,
        NegativeFingerprint = agreement.Effects?.NegativeFingerprint,
        Curve = agreement.Curve,
    };

    /// <summary>Means over transformers, by matcher.</summary>
    /// <param name="scores">The scores on each transformer; those of one matcher are pooled.</param>
    public static IReadOnlyList<FunctionScore> OverModels(IEnumerable<FunctionScore> scores) =>
        [.. scores.GroupBy(score => score.Matcher).Select(group => Mean([.. group]))];

    private static FunctionScore Mean(IReadOnlyList<FunctionScore> parts) => new()
    {
        Matcher = parts[0].Matcher,
        Coverage = Pooling.Mean(parts, part => part.Coverage),
        Substitution = Pooling.Mean(parts, part => part.Substitution),
        Negative = Pooling.Mean(parts, part => part.Negative),
        BeatsNegative = Pooling.Mean(parts, part => part.BeatsNegative),
        Ausqc = Pooling.Mean(parts, part => part.Ausqc),
        NegativeAusqc = Pooling.Mean(parts, part => part.NegativeAusqc),
        Fingerprint = Pooling.Mean(parts, part => part.Fingerprint),
        NegativeFingerprint = Pooling.Mean(parts, part => part.NegativeFingerprint),
        Curve =
        [
            .. parts.SelectMany(part => part.Curve).GroupBy(point => point.Coverage).OrderBy(group => group.Key)
                .Where(group => group.Count() == parts.Count)
                .Select(group => new CoveragePoint(
                    group.Key, group.Average(point => point.Quality), group.Average(point => point.Negative))),
        ],
    };
}
