using Husai.Analysis.Statistics;

namespace Husai.Analysis.Functional;

/// <summary>Pools the pairs of SAEs under one matcher.</summary>
internal sealed class PooledFunctions
{
    private static readonly (double From, double To)[] Ranges = [(0, 0.001), (0.001, 0.01), (0.01, 0.1), (0.1, 1.0 + 1e-9)];

    private readonly Dictionary<(int First, int Second), (MatchedLatent[] Forth, MatchedLatent[] Back)> _pairs;
    private readonly Dictionary<(int First, int Second), (FunctionSums Forth, FunctionSums Back)> _sums;
    private readonly int _seeds;
    private readonly double _confidence;

    /// <summary>Takes the pairs.</summary>
    public PooledFunctions(
        Dictionary<(int First, int Second), (MatchedLatent[] Forth, MatchedLatent[] Back)> pairs, int seeds, double confidence)
    {
        (_pairs, _seeds, _confidence) = (pairs, seeds, confidence);
        _sums = pairs.ToDictionary(pair => pair.Key, pair => (new FunctionSums(pair.Value.Forth), new FunctionSums(pair.Value.Back)));
    }

    /// <summary>Means with intervals over seeds.</summary>
    public MatcherAgreement Of(FunctionMatcher matcher, bool hasEffects) => new(
        matcher, Interval(sums => sums.Coverage)!, Interval(sums => sums.Substitution), Interval(sums => sums.Negative),
        Interval(sums => sums.BeatsNegative), Interval(sums => sums.Curve.Average())!, Interval(sums => sums.NegativeCurve.Average())!,
        Interval(sums => sums.SubstitutionAsIs), Curve(), [.. Ranges.Select(range => Stratum(range.From, range.To, hasEffects))])
    {
        Effects = hasEffects
            ? new EffectAgreement(
                Interval(sums => sums.Fingerprint), Interval(sums => sums.NegativeFingerprint), Interval(sums => sums.EffectSubstitution),
                Interval(sums => sums.EffectNegative), _sums.Values.Sum(pair => pair.Forth.WithoutEffect + pair.Back.WithoutEffect))
            : null,
    };

    // Both directions of a pair count alike, whatever their numbers of latents; a direction without a value leaves the pair to the other.
    private Interval? Interval(Func<FunctionSums, double> value) => IntervalOf(leftOut => FunctionSums.Mean(
        _sums.Where(pair => IsIn(pair.Key, leftOut)).SelectMany(pair => new[] { value(pair.Value.Forth), value(pair.Value.Back) })));

    // Null where there is no value, or where a seed alone holds all of them: then there is no leaving it out.
    private Interval? IntervalOf(Func<int, double> statistic) =>
        double.IsFinite(statistic(-1)) && (_seeds < 3 || Enumerable.Range(0, _seeds).All(seed => double.IsFinite(statistic(seed))))
            ? Jackknife.Of(_seeds, statistic, _confidence, fewestSeeds: 3)
            : null;

    private List<CoveragePoint> Curve()
    {
        var points = new List<CoveragePoint>();
        var sums = _sums.Values.SelectMany(pair => new[] { pair.Forth, pair.Back }).ToArray();
        for (var point = 1; point <= FunctionSums.CurvePoints; point++)
        {
            var coverage = point / (double)FunctionSums.CurvePoints;
            points.Add(new CoveragePoint(
                coverage, sums.Average(each => QualityCoverage.At(each.Curve, coverage)),
                sums.Average(each => QualityCoverage.At(each.NegativeCurve, coverage))));
        }

        return points;
    }

    private RateStratum Stratum(double from, double to, bool hasEffects)
    {
        var latents = _pairs.ToDictionary(
            pair => pair.Key,
            pair => pair.Value.Forth.Concat(pair.Value.Back)
                .Where(latent => latent.IsMatched && latent.FiringRate >= from && latent.FiringRate < to).ToArray());
        var count = latents.Values.Sum(matched => matched.Length);
        return new RateStratum(
            from, Math.Min(to, 1), count, Pooled(latent => latent.Substitution), Pooled(latent => latent.Negative),
            hasEffects ? Pooled(latent => latent.Effects?.Fingerprint ?? double.NaN) : null);

        Interval? Pooled(Func<MatchedLatent, double> value) => IntervalOf(leftOut => FunctionSums.Mean(
            latents.Where(pair => IsIn(pair.Key, leftOut)).SelectMany(pair => pair.Value.Select(value))));
    }

    private static bool IsIn((int First, int Second) pair, int leftOut) => pair.First != leftOut && pair.Second != leftOut;
}
