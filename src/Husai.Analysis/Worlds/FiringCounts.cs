using Husai.Worlds.Model;

namespace Husai.Analysis.Worlds;

/// <summary>On how many samples latents and features fire, alone and together.</summary>
/// <param name="recovery">Latents and features, matched.</param>
/// <param name="trees">Of the features.</param>
internal sealed class FiringCounts(TruthRecovery recovery, FeatureTrees trees)
{
    private readonly bool[] _fires = new bool[trees.Features];

    /// <summary>Of each latent.</summary>
    public long[] Latents { get; } = new long[recovery.BestMatches.Count];

    /// <summary>Of each feature.</summary>
    public long[] Features { get; } = new long[trees.Features];

    /// <summary>Of each latent: together with its best match.</summary>
    public long[] Together { get; } = new long[recovery.BestMatches.Count];

    /// <summary>Of each latent: together with its feature in the assignment; 0 without one.</summary>
    public long[] TogetherAssigned { get; } = new long[recovery.BestMatches.Count];

    /// <summary>Of parents and children.</summary>
    public TreeEdgeCounts Edges { get; } = new(trees);

    /// <summary>Counts one sample.</summary>
    /// <param name="codes">Of each latent; it fires where this is above 0.</param>
    /// <param name="firing">Features that fire.</param>
    public void Add(ReadOnlySpan<float> codes, ReadOnlySpan<int> firing)
    {
        foreach (var feature in firing)
        {
            Features[feature]++;
            _fires[feature] = true;
        }

        for (var latent = 0; latent < codes.Length; latent++)
        {
            if (codes[latent] > 0)
            {
                Latents[latent]++;
                Together[latent] += _fires[recovery.BestMatches[latent]] ? 1 : 0;
                TogetherAssigned[latent] += recovery.FeatureOfLatent[latent] is >= 0 and var feature && _fires[feature] ? 1 : 0;
            }
        }

        Edges.Add(codes, firing, recovery.BestLatents);
        foreach (var feature in firing)
        {
            _fires[feature] = false;
        }
    }

    /// <summary>Adds what another thread counted; nothing of a thread that counted nothing.</summary>
    public void Add(FiringCounts? other)
    {
        if (other is not null)
        {
            Add(Latents, other.Latents);
            Add(Features, other.Features);
            Add(Together, other.Together);
            Add(TogetherAssigned, other.TogetherAssigned);
            Edges.Add(other.Edges);
        }
    }

    private static void Add(long[] target, long[] source)
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] += source[i];
        }
    }
}
