using Husai.Worlds.Model;

namespace Husai.Worlds.Construction;

/// <summary>
/// Probabilities with which children fire on their own, so that what their parents and siblings leave of it comes near the base
/// probability. Siblings are counted as if they came one at a time, so that it compensates too little
/// (<see cref="Expectations.ExactRates"/> has what is left).
/// </summary>
internal static class Compensation
{
    /// <summary>
    /// <c>min(1, p_child / p_parent x (1 + sum over siblings of p_sibling / p_parent))</c>, the second factor among exclusive children
    /// only; a feature without parent keeps its base probability.
    /// </summary>
    /// <param name="baseProbabilities">Of each feature.</param>
    /// <param name="trees">Parents and children.</param>
    public static double[] Apply(ReadOnlySpan<double> baseProbabilities, FeatureTrees trees)
    {
        ArgumentNullException.ThrowIfNull(trees);
        var compensated = baseProbabilities.ToArray();
        for (var parent = 0; parent < trees.Features; parent++)
        {
            var children = trees.ChildrenOf(parent);
            var parentProbability = baseProbabilities[parent];
            var sum = 0.0;
            foreach (var child in children)
            {
                sum += baseProbabilities[child];
            }

            var isExclusive = trees.HasExclusiveChildren(parent) && children.Length > 1;
            foreach (var child in children)
            {
                var own = baseProbabilities[child];
                var siblings = isExclusive ? (sum - own) / parentProbability : 0;
                compensated[child] = own == 0 ? 0 : Math.Min(1, own / parentProbability * (1 + siblings));
            }
        }

        return compensated;
    }
}
