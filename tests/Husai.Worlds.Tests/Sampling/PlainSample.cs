using System.Runtime.InteropServices;
using Husai.Numerics.Randomness;
using Husai.Worlds.Model;
using Husai.Worlds.Sampling;

namespace Husai.Worlds.Tests.Sampling;

/// <summary>One sample as the specification says it: every feature draws, then level after level is gated.</summary>
internal static class PlainSample
{
    public static float[] Draw(World world, ulong seed, int index)
    {
        var stream = new SampleStream(new RandomStream(seed, "world.sample", (uint)index));
        var factors = new float[world.Correlation?.Rank ?? 0];
        stream.FillFactors(factors);
        var withoutParent = world.Trees.WithoutParent;
        var words = new uint[(withoutParent.Count + 3) / 4];
        stream.FillCoarse(0, words);
        var coarse = MemoryMarshal.AsBytes(words.AsSpan()).ToArray();
        var values = new float[world.Features];
        var priorities = new uint[world.Features];
        for (var feature = 0; feature < world.Features; feature++)
        {
            var own = new uint[4];
            stream.CopyBlocks([SampleStream.BlockOf(feature)], own);
            var hasParent = world.Trees.Parents[feature] >= 0;
            var uniform = SampleStream.Uniform(own, hasParent ? SampleStream.Coarse(own) : coarse[IndexOf(withoutParent, feature)]);
            priorities[feature] = SampleStream.Priority(own);
            var g = 0.0;
            for (var factor = 0; factor < factors.Length; factor++)
            {
                g += world.Correlation!.Loadings[feature, factor] * (double)factors[factor];
            }

            g += Math.Sqrt(world.Correlation?.OwnVariances[feature] ?? 1.0) * -NormalQuantile.At(uniform);
            if (g > -NormalQuantile.At(world.Probabilities[feature]))
            {
                var z = NormalQuantile.At(SampleStream.MagnitudeUniform(own));
                values[feature] = (float)Math.Max(0, world.Means[feature] + world.Deviations[feature] * z);
            }
        }

        Gate(world, values, priorities);
        return values;
    }

    private static void Gate(World world, float[] values, uint[] priorities)
    {
        var deepest = world.Trees.Depths.ToArray().Max();
        for (var depth = 0; depth <= deepest; depth++)
        {
            for (var feature = 0; feature < world.Features; feature++)
            {
                var parent = world.Trees.Parents[feature];
                if (world.Trees.Depths[feature] == depth && parent >= 0)
                {
                    values[feature] *= world.ScalesByParent ? values[parent] / world.Means[parent] : values[parent] > 0 ? 1 : 0;
                }
            }

            for (var parent = 0; parent < world.Features; parent++)
            {
                if (world.Trees.Depths[parent] != depth || values[parent] <= 0 || !world.Trees.HasExclusiveChildren(parent))
                {
                    continue;
                }

                var firing = world.Trees.ChildrenOf(parent).ToArray().Where(child => values[child] > 0).ToArray();
                foreach (var child in firing.Where(child => child != firing.MaxBy(sibling => priorities[sibling])))
                {
                    values[child] = 0;
                }
            }
        }
    }

    private static int IndexOf(IReadOnlyList<int> features, int feature) =>
        Enumerable.Range(0, features.Count).First(n => features[n] == feature);
}
