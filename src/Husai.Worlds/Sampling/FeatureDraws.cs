using Husai.Numerics.Randomness;
using Husai.Worlds.Model;

namespace Husai.Worlds.Sampling;

/// <summary>Decides of some features at once which fire, and their magnitudes, in working memory of one thread.</summary>
internal sealed class FeatureDraws(World world)
{
    private ulong[] _blocks = [];
    private uint[] _words = [];
    private double[] _quantiles = [];
    private int[] _firing = [];

    /// <summary>Draws features.</summary>
    /// <param name="stream">Random numbers of the sample.</param>
    /// <param name="features">Which.</param>
    /// <param name="thresholds">Of each: it fires where its normal number is above.</param>
    /// <param name="coarse">The upper 8 bits of each one's uniform number; empty to take those of features with a parent.</param>
    /// <param name="magnitudes">Receives one for each, 0 where a feature does not fire.</param>
    public void Run(
        SampleStream stream, ReadOnlySpan<int> features, ReadOnlySpan<float> thresholds, ReadOnlySpan<byte> coarse, Span<float> magnitudes)
    {
        Reserve(features.Length);
        for (var n = 0; n < features.Length; n++)
        {
            _blocks[n] = SampleStream.BlockOf(features[n]);
        }

        stream.CopyBlocks(_blocks.AsSpan(0, features.Length), _words.AsSpan(0, features.Length * SampleStream.WordsPerFeature));
        var firing = FindFiring(thresholds, coarse);
        var quantiles = _quantiles.AsSpan(0, firing);
        for (var n = 0; n < firing; n++)
        {
            quantiles[n] = SampleStream.MagnitudeUniform(Words(_firing[n]));
        }

        NormalQuantile.At(quantiles, quantiles);
        magnitudes.Clear();
        for (var n = 0; n < firing; n++)
        {
            var feature = features[_firing[n]];
            magnitudes[_firing[n]] = (float)Math.Max(0, world.Means[feature] + world.Deviations[feature] * quantiles[n]);
        }
    }

    /// <summary>The priorities of the features drawn last.</summary>
    public void CopyPriorities(Span<uint> priorities)
    {
        for (var n = 0; n < priorities.Length; n++)
        {
            priorities[n] = SampleStream.Priority(Words(n));
        }
    }

    // The normal number is the quantile of 1 - u, which is that of u with the other sign.
    private int FindFiring(ReadOnlySpan<float> thresholds, ReadOnlySpan<byte> coarse)
    {
        var quantiles = _quantiles.AsSpan(0, thresholds.Length);
        for (var n = 0; n < quantiles.Length; n++)
        {
            quantiles[n] = SampleStream.Uniform(Words(n), coarse.IsEmpty ? SampleStream.Coarse(Words(n)) : coarse[n]);
        }

        NormalQuantile.At(quantiles, quantiles);
        var firing = 0;
        for (var n = 0; n < quantiles.Length; n++)
        {
            if (-quantiles[n] > thresholds[n])
            {
                _firing[firing++] = n;
            }
        }

        return firing;
    }

    private ReadOnlySpan<uint> Words(int n) => _words.AsSpan(n * SampleStream.WordsPerFeature, SampleStream.WordsPerFeature);

    private void Reserve(int count)
    {
        if (count > _firing.Length)
        {
            var length = Math.Max(count, 2 * _firing.Length);
            (_blocks, _words) = (new ulong[length], new uint[length * SampleStream.WordsPerFeature]);
            (_quantiles, _firing) = (new double[length], new int[length]);
        }
    }
}
