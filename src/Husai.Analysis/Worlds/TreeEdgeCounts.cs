using Husai.Numerics.Matrices;
using Husai.Worlds.Model;

namespace Husai.Analysis.Worlds;

/// <summary>On how many samples the latents of parents stay silent.</summary>
internal sealed class TreeEdgeCounts(FeatureTrees trees)
{
    // Of each feature: its own latent is silent; its parent's is; that one is and its own fires.
    private readonly long[] _silent = new long[trees.Features];
    private readonly long[] _parentSilent = new long[trees.Features];
    private readonly long[] _absorbed = new long[trees.Features];

    /// <summary>Counts one sample.</summary>
    /// <param name="codes">Of each latent; it fires where this is above 0.</param>
    /// <param name="firing">Features that fire.</param>
    /// <param name="bestLatents">Of each feature: its latent.</param>
    public void Add(ReadOnlySpan<float> codes, ReadOnlySpan<int> firing, IReadOnlyList<int> bestLatents)
    {
        foreach (var feature in firing)
        {
            var fires = codes[bestLatents[feature]] > 0;
            _silent[feature] += fires ? 0 : 1;
            if (trees.Parents[feature] is >= 0 and var parent && !(codes[bestLatents[parent]] > 0))
            {
                _parentSilent[feature]++;
                _absorbed[feature] += fires ? 1 : 0;
            }
        }
    }

    /// <summary>Adds what another thread counted.</summary>
    public void Add(TreeEdgeCounts other)
    {
        for (var feature = 0; feature < _silent.Length; feature++)
        {
            _silent[feature] += other._silent[feature];
            _parentSilent[feature] += other._parentSilent[feature];
            _absorbed[feature] += other._absorbed[feature];
        }
    }

    /// <summary>The edges, in the order of the children.</summary>
    /// <param name="decoder"><c>[latents, width]</c>.</param>
    /// <param name="truth"><c>[features, width]</c>, unit rows.</param>
    /// <param name="recovery">The two, matched.</param>
    /// <param name="samples">Of each feature: samples on which it fires.</param>
    public IReadOnlyList<TreeEdge> ToEdges(Matrix decoder, Matrix truth, TruthRecovery recovery, long[] samples)
    {
        var edges = new List<TreeEdge>();
        int[] children = [.. Enumerable.Range(0, trees.Features).Where(feature => trees.Parents[feature] >= 0)];
        for (var index = 0; index < children.Length; index++)
        {
            var child = children[index];
            var parent = trees.Parents[child];
            var latent = decoder.Row(recovery.BestLatents[parent]);
            edges.Add(new TreeEdge(
                parent, child, samples[child], recovery.FeatureCosines[parent], recovery.FeatureCosines[child],
                Share(_absorbed[child], samples[child]), Share(_parentSilent[child], samples[child]),
                Share(_silent[parent] - _parentSilent[child], samples[parent] - samples[child]),
                ChildOverParent(latent, truth.Row(parent), truth.Row(child)),
                Elsewhere(children, index) is { } other ? ChildOverParent(latent, truth.Row(parent), truth.Row(other)) : null));
        }

        return edges;
    }

    // The next child, around the end, of another parent at the same depth.
    private int? Elsewhere(int[] children, int index)
    {
        for (var step = 1; step < children.Length; step++)
        {
            var other = children[(index + step) % children.Length];
            if (trees.Depths[other] == trees.Depths[children[index]] && trees.Parents[other] != trees.Parents[children[index]])
            {
                return other;
            }
        }

        return null;
    }

    // The normal equations of w = x parent + y child, y over x.
    private static double ChildOverParent(ReadOnlySpan<float> latent, ReadOnlySpan<float> parent, ReadOnlySpan<float> child)
    {
        var (own, onParent, onChild) = (0.0, 0.0, 0.0);
        for (var i = 0; i < latent.Length; i++)
        {
            own += (double)parent[i] * child[i];
            onParent += (double)latent[i] * parent[i];
            onChild += (double)latent[i] * child[i];
        }

        var x = onParent - own * onChild;
        return x == 0 ? 0 : (onChild - own * onParent) / x;
    }

    private static double? Share(long part, long whole) => whole > 0 ? part / (double)whole : null;
}
