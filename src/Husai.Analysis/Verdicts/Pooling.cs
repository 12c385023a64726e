using Husai.Analysis.Chance;
using Husai.Analysis.Stability;
using Husai.Analysis.Statistics;

namespace Husai.Analysis.Verdicts;

/// <summary>Means over models that differ only in their seed; the models are the sample of the intervals.</summary>
internal static class Pooling
{
    /// <summary>A value of each model; null where it is missing on one.</summary>
    /// <param name="parts">One for each model.</param>
    /// <param name="choose">The value.</param>
    public static IReadOnlyList<TValue>? Whole<T, TValue>(IReadOnlyList<T> parts, Func<T, TValue?> choose)
        where TValue : class
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(choose);
        TValue[] values = [.. parts.Select(choose).OfType<TValue>()];
        return values.Length == parts.Count ? values : null;
    }

    /// <summary>Mean over models of a value that has an interval over seeds on each; null where it is missing on all.</summary>
    /// <param name="parts">One for each model.</param>
    /// <param name="choose">The value.</param>
    public static Interval? Mean<T>(IEnumerable<T> parts, Func<T, Interval?> choose)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(choose);
        return Mean([.. parts.Select(part => choose(part)?.Mean).OfType<double>()]);
    }

    /// <summary>Mean of values with its jackknife interval; null without values.</summary>
    public static Interval? Mean(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Count == 0 ? null : Jackknife.OfMean(values);
    }

    /// <summary>Mean of the kappas of the models, with the interval of <see cref="OfModels"/>; null where one is missing.</summary>
    public static Kappa? Kappa(IReadOnlyList<Kappa?> kappas)
    {
        ArgumentNullException.ThrowIfNull(kappas);
        return kappas.Count == 0 || kappas.Contains(null)
            ? null
            : Stability.Kappa.Of(OfModels([.. kappas.Select(kappa => (kappa!.Value, kappa.Low, kappa.High))]));
    }

    /// <summary>
    /// Mean of a value of the models with its jackknife interval over them. Of two models, whose difference is no measure of how models
    /// vary, the interval reaches from the lower to the upper end of their own; it has no ends where one of theirs has none.
    /// </summary>
    /// <param name="models">For each model the value with the ends of its interval over seeds; at least one.</param>
    internal static Interval OfModels(IReadOnlyList<(double Value, double? Low, double? High)> models)
    {
        var mean = Jackknife.OfMean([.. models.Select(model => model.Value)]);
        if (models.Count != 2)
        {
            return mean;
        }

        var isWhole = models.All(model => model is { Low: not null, High: not null });
        return mean with
        {
            StandardError = null,
            Low = isWhole ? models.Min(model => model.Low) : null,
            High = isWhole ? models.Max(model => model.High) : null,
        };
    }

    /// <summary>Mean of levels that were drawn apart; a level that is missing on one model is missing.</summary>
    public static ChanceLevels Levels(IReadOnlyList<ChanceLevels> levels)
    {
        ArgumentNullException.ThrowIfNull(levels);
        return new ChanceLevels
        {
            SameShape = Level([.. levels.Select(level => level.SameShape)])!,
            SameShapeUncorrected = Level([.. levels.Select(level => level.SameShapeUncorrected)])!,
            Turned = Level([.. levels.Select(level => level.Turned)]),
            Isotropic = Level([.. levels.Select(level => level.Isotropic)]),
            OwnNeighbour = Level([.. levels.Select(level => level.OwnNeighbour)]),
            Untrained = Level([.. levels.Select(level => level.Untrained)]),
            Activations = Level([.. levels.Select(level => level.Activations)]),
        };
    }

    /// <summary>
    /// Mean of levels that were drawn apart, with the standard error of the mean and the sum of the draws; null where one is missing.
    /// </summary>
    public static ChanceLevel? Level(IReadOnlyList<ChanceLevel?> levels)
    {
        ArgumentNullException.ThrowIfNull(levels);
        return levels.Count == 0 || levels.Contains(null)
            ? null
            : new ChanceLevel(
                levels.Average(level => level!.Value),
                Math.Sqrt(levels.Sum(level => level!.StandardError * level.StandardError)) / levels.Count,
                levels.Sum(level => level!.Draws))
            {
                ExtrapolationError = levels.Max(level => level!.ExtrapolationError),
            };
    }

    /// <summary>Mean of histograms with the same bins, bin by bin; null without any.</summary>
    public static BestMatchHistogram? Mean(IReadOnlyList<BestMatchHistogram> histograms)
    {
        ArgumentNullException.ThrowIfNull(histograms);
        return histograms.Count == 0 ? null : histograms[0] with
        {
            Observed = Shares(histogram => histogram.Observed),
            SameShape = Shares(histogram => histogram.SameShape),
            Turned = Shares(histogram => histogram.Turned),
            Isotropic = Shares(histogram => histogram.Isotropic),
        };

        double[] Shares(Func<BestMatchHistogram, IReadOnlyList<double>> choose) =>
            [.. Enumerable.Range(0, histograms.Min(histogram => choose(histogram).Count))
                .Select(bin => histograms.Average(histogram => choose(histogram)[bin]))];
    }
}
