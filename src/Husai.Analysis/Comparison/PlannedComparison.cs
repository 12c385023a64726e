using Husai.Analysis.Statistics;

namespace Husai.Analysis.Comparison;

/// <summary>Do the seeds of one configuration agree more than those of another? One of several such questions.</summary>
/// <param name="First">The first configuration.</param>
/// <param name="Second">The second.</param>
/// <param name="Difference">First minus second kappa; null where one of them is refused.</param>
/// <param name="AdjustedP">Two-sided p after Holm's correction over all the questions; null without a difference.</param>
/// <param name="AsPublished">Tests that take pairs of seeds for independent observations.</param>
public sealed record PlannedComparison(string First, string Second, KappaDifference? Difference, double? AdjustedP, PairTests AsPublished)
{
    /// <summary>Makes the comparisons of one site.</summary>
    /// <param name="comparison">All dictionaries of the site.</param>
    /// <param name="names">Names of the sets of the comparison, in their order.</param>
    /// <param name="pairs">Names of the sets to compare, each with at least two dictionaries.</param>
    /// <exception cref="ArgumentException">A set has one dictionary.</exception>
    public static IReadOnlyList<PlannedComparison> Of(
        SeedComparison comparison, IReadOnlyList<string> names, IEnumerable<(string First, string Second)> pairs)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(pairs);
        var order = names.ToList();
        return WithHolm([.. pairs.Select(pair =>
        {
            var sets = comparison.Compare(order.IndexOf(pair.First), order.IndexOf(pair.Second));
            return new PlannedComparison(pair.First, pair.Second, sets.Difference, null, sets.AsPublished);
        })]);
    }

    /// <summary>
    /// The same questions over models that differ only in their seed. A pair on one model shares its circuit: the sign of each model's
    /// difference is flipped. Questions that were asked on a single model are left out.
    /// </summary>
    /// <param name="comparisons">The comparisons on each model, under names that the models have in common.</param>
    public static IReadOnlyList<PlannedComparison> OverModels(IEnumerable<PlannedComparison> comparisons)
    {
        ArgumentNullException.ThrowIfNull(comparisons);
        return WithHolm(
            [.. comparisons.GroupBy(comparison => (comparison.First, comparison.Second)).Where(group => group.Count() > 1).Select(group =>
        {
            double[] differences = [.. group.Select(comparison => comparison.Difference?.Value).OfType<double>()];
            var isComplete = differences.Length == group.Count();
            return new PlannedComparison(
                group.Key.First, group.Key.Second, isComplete ? Paired(differences) : null, null, group.First().AsPublished);
        })]);
    }

    private static KappaDifference Paired(double[] differences)
    {
        var interval = Jackknife.OfMean(differences);
        var test = SignFlipTest.Mean(differences);
        return new KappaDifference(interval.Mean, interval.Low, interval.High, test.PTwoSided, test.SmallestPTwoSided);
    }

    private static IReadOnlyList<PlannedComparison> WithHolm(PlannedComparison[] comparisons)
    {
        int[] tested = [.. Enumerable.Range(0, comparisons.Length).Where(index => comparisons[index].Difference is { P: not null })];
        var adjusted = MultipleComparisons.Holm([.. tested.Select(index => comparisons[index].Difference!.P!.Value)]);
        return [.. comparisons.Select((comparison, index) =>
            Array.IndexOf(tested, index) is >= 0 and var position ? comparison with { AdjustedP = adjusted[position] } : comparison)];
    }
}
