using Husai.Numerics.Randomness;
using Husai.Worlds.Model;
using Husai.Worlds.Options;

namespace Husai.Worlds.Construction;

/// <summary>Grows trees over the features breadth first: roots take the lowest indices, then each parent in turn the next ones.</summary>
internal static class TreeGrowth
{
    /// <summary>Grows the trees.</summary>
    /// <param name="options">How many, and how large.</param>
    /// <param name="features">Number of features; growth ends when they run out.</param>
    /// <param name="stream">Random numbers, for numbers of children and for which parents are exclusive where not all are.</param>
    public static FeatureTrees Create(TreeOptions options, int features, RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(stream);
        var parents = new int[features];
        Array.Fill(parents, FeatureTrees.NoParent);
        var grown = Math.Min(options.Roots, features);
        var (first, end) = (0, grown);
        for (var depth = 0; depth < options.MaxDepth && first < end; depth++)
        {
            for (var parent = first; parent < end; parent++)
            {
                var children = options.Children + (options.MostChildren is { } most ? stream.NextInt32(most - options.Children + 1) : 0);
                for (; children > 0 && grown < features; children--)
                {
                    parents[grown++] = parent;
                }
            }

            (first, end) = (end, grown);
        }

        var trees = new FeatureTrees(parents, new bool[features]);
        return new FeatureTrees(parents, ExclusiveParents(options, trees, stream));
    }

    private static bool[] ExclusiveParents(TreeOptions options, FeatureTrees trees, RandomStream stream)
    {
        var isExclusive = new bool[trees.Features];
        var eligible = new List<int>();
        for (var feature = 0; feature < trees.Features; feature++)
        {
            var depth = trees.Depths[feature];
            var isWithin = depth >= options.ExclusiveFromDepth && depth <= (options.ExclusiveToDepth ?? int.MaxValue);
            if (isWithin && trees.ChildrenOf(feature).Length > 1)
            {
                eligible.Add(feature);
            }
        }

        foreach (var chosen in stream.Sample(eligible.Count, (int)Math.Floor(options.ExclusiveShare * eligible.Count)))
        {
            isExclusive[eligible[chosen]] = true;
        }

        return isExclusive;
    }
}
