namespace Husai.Analysis.Worlds;

/// <summary>On how many samples latents and features fire, alone and together.</summary>
internal sealed class FiringCounts(int latents, int features)
{
    private readonly bool[] _fires = new bool[features];

    /// <summary>Of each latent.</summary>
    public long[] Latents { get; } = new long[latents];

    /// <summary>Of each feature.</summary>
    public long[] Features { get; } = new long[features];

    /// <summary>Of each latent: together with its best match.</summary>
    public long[] Together { get; } = new long[latents];

    /// <summary>Counts one sample.</summary>
    /// <param name="codes">Of each latent; it fires where this is above 0.</param>
    /// <param name="firing">Features that fire.</param>
    /// <param name="bestMatches">Of each latent: its feature.</param>
    public void Add(ReadOnlySpan<float> codes, ReadOnlySpan<int> firing, IReadOnlyList<int> bestMatches)
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
                Together[latent] += _fires[bestMatches[latent]] ? 1 : 0;
            }
        }

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
