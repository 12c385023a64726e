using Husai.Numerics.Functions;
using Husai.Testing.Tiers;
using Husai.Worlds.Sampling;

namespace Husai.Worlds.Tests.Sampling;

[RunsOnEveryTier]
public sealed class FiringCandidatesTests
{
    [Fact]
    public void No_feature_that_fires_is_ruled_out_and_few_others_are_kept()
    {
        for (var b = 0; b < 256; b++)
        {
            var coarse = Enumerable.Repeat((byte)b, 1000).ToArray();
            var thresholds = Enumerable.Range(0, 1000).Select(n => (n - 400) / 100f).ToArray();
            var found = Find(coarse, thresholds);

            // The least uniform number with this byte is b / 256: where it is below the tail the feature may fire.
            Assert.Empty(Enumerable.Range(0, 1000).Where(n => b / 256.0 < Tail(thresholds[n])).Except(found));
            if (b > 0)
            {
                Assert.All(found, n => Assert.True(thresholds[n] < 0 || (b - 0.2) / 256 < Tail(thresholds[n])));
            }
        }
    }

    [Fact]
    public void Any_number_of_features_and_infinite_thresholds_are_read()
    {
        for (var count = 0; count < 40; count++)
        {
            var coarse = Enumerable.Range(0, count).Select(n => (byte)(n % 3)).ToArray();
            var never = Enumerable.Repeat(float.PositiveInfinity, count).ToArray();
            var always = Enumerable.Repeat(float.NegativeInfinity, count).ToArray();

            Assert.Equal(Enumerable.Range(0, count).Where(n => n % 3 == 0), Find(coarse, never));
            Assert.Equal(Enumerable.Range(0, count), Find(coarse, always));
        }
    }

    private static double Tail(double s) => (1 - Transcendental.Erf(s / Math.Sqrt(2))) / 2;

    private static int[] Find(byte[] coarse, float[] thresholds)
    {
        var candidates = new int[thresholds.Length];
        return candidates[..FiringCandidates.Find(coarse, thresholds, candidates)];
    }
}
