using Husai.Numerics.Functions;
using Husai.Worlds.Model;

namespace Husai.Worlds.Expectations;

/// <summary>
/// The rates at which features fire in a world without correlation, exactly. With correlation they are near, for factors are shared by
/// families too.
/// </summary>
internal static class ExactRates
{
    private const double RootTwo = 1.4142135623730951;

    /// <summary>
    /// The rates. A feature alone has a positive magnitude at the rate <c>f = q Phi(mean / deviation)</c>; a child <c>rate(parent) f</c>,
    /// of exclusive siblings times the mean of <c>1 / (1 + siblings that fire)</c>.
    /// </summary>
    /// <param name="world">The world, whose correlation is passed over.</param>
    /// <param name="rectifies">Whether magnitudes that are not positive count as not firing, as in samples; else Phi is taken as 1.</param>
    public static double[] Find(World world, bool rectifies = true)
    {
        ArgumentNullException.ThrowIfNull(world);
        var rates = new double[world.Features];
        for (var feature = 0; feature < rates.Length; feature++)
        {
            rates[feature] = world.Probabilities[feature] * (rectifies ? Positive(world.Means[feature], world.Deviations[feature]) : 1);
        }

        // A parent comes before its children: its rate is complete when they ask for it.
        for (var parent = 0; parent < rates.Length; parent++)
        {
            var children = world.Trees.ChildrenOf(parent);
            var own = new double[children.Length];
            for (var child = 0; child < own.Length; child++)
            {
                own[child] = rates[children[child]];
            }

            for (var child = 0; child < own.Length; child++)
            {
                var survives = world.Trees.HasExclusiveChildren(parent) ? Survives(own, child) : 1;
                rates[children[child]] = rates[parent] * own[child] * survives;
            }
        }

        return rates;
    }

    // E[1 / (1 + m)] with m the number of siblings that fire: their distribution is built sibling by sibling.
    private static double Survives(double[] rates, int child)
    {
        var counts = new double[rates.Length];
        counts[0] = 1;
        for (var sibling = 0; sibling < rates.Length; sibling++)
        {
            if (sibling == child)
            {
                continue;
            }

            for (var count = counts.Length - 1; count >= 0; count--)
            {
                counts[count] = counts[count] * (1 - rates[sibling]) + (count > 0 ? counts[count - 1] * rates[sibling] : 0);
            }
        }

        var mean = 0.0;
        for (var count = 0; count < counts.Length; count++)
        {
            mean += counts[count] / (1 + count);
        }

        return mean;
    }

    private static double Positive(double mean, double deviation) =>
        deviation == 0 ? (mean > 0 ? 1 : 0) : (1 + Transcendental.Erf(mean / deviation / RootTwo)) / 2;
}
