using Husai.Numerics;

namespace Husai.Analysis.Tests.Comparison;

public sealed class SetComparisonTests
{
    [Fact]
    public void A_set_that_agrees_beats_one_that_does_not()
    {
        var result = SetComparison.Of([.. Set(5, 3f, 1)], [.. Set(5, 0f, 2)], new StabilityOptions { ChanceDraws = 2 });
        Assert.True(result.A.Within.Mean > result.B.Within.Mean + 0.3);
        Assert.Equal(1.0 / 252, result.Permutation.PGreater, 1e-12);
        Assert.Equal(1.0 / 252, result.Permutation.SmallestPGreater, 1e-12);
        Assert.Equal(1.0 / 252, result.PermutationOfKappa.PGreater, 1e-12);
        Assert.True(result.HedgesG > 2);
        Assert.Equal(100, result.AsPublished.MannWhitney.U);
        Assert.Contains("seed", result.AsPublished.Caution, StringComparison.Ordinal);
        Assert.Equal(0, result.B.Kappa.Isotropic, 0.02);
        Assert.Equal(10, result.Matrix.Length);
    }

    [Fact]
    public void Two_equal_sets_do_not_differ()
    {
        var result = SetComparison.Of([.. Set(4, 1f, 1)], [.. Set(4, 1f, 1)], new StabilityOptions { ChanceDraws = 2 });
        Assert.Equal(0, result.Permutation.Statistic, 1e-12);
        Assert.True(result.Permutation.PTwoSided > 0.5);
        Assert.Equal(0, result.HedgesG, 1e-9);
    }

    [Fact]
    public void Sets_of_other_sizes_differ_in_raw_similarity_but_not_beyond_chance()
    {
        var result = SetComparison.Of([.. Set(5, 0f, 1, latents: 200)], [.. Set(5, 0f, 2, latents: 20)], new StabilityOptions { ChanceDraws = 8 });
        Assert.True(result.Permutation.Statistic > 0.05);
        Assert.True(Math.Abs(result.PermutationOfKappa.Statistic) < 0.02);
    }

    [Fact]
    public void Sets_of_other_widths_or_single_seeds_are_refused()
    {
        var message = Assert.Throws<ArgumentException>(() => SetComparison.Of([.. Set(2, 0f, 1)], [.. Set(2, 0f, 1, width: 24)])).Message;
        Assert.Contains("32", message, StringComparison.Ordinal);
        Assert.Contains("24", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SetComparison.Of([.. Set(1, 0f, 1)], [.. Set(2, 0f, 1)]));
    }

    private static IEnumerable<LatentDictionary> Set(int seeds, float shared, uint group, int latents = 40, int width = 32)
    {
        var common = RandomDirections.Isotropic(latents, width, new RandomStream(9, "test.common", group));
        for (var seed = 0; seed < seeds; seed++)
        {
            var decoder = RandomDirections.Isotropic(latents, width, new RandomStream(10, $"test.set{group}", (uint)seed));
            for (var latent = 0; latent < latents; latent++)
            {
                Elementwise.MultiplyAdd(decoder.Row(latent), common.Row(latent), shared);
            }

            yield return new LatentDictionary($"group {group} seed {seed}", decoder);
        }
    }
}
