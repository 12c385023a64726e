using Husai.Analysis.Chance;
using Husai.Analysis.Comparison;
using Husai.Analysis.Similarity;
using Husai.Analysis.Stability;
using Husai.Numerics.Kernels;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Comparison;

public sealed class SetComparisonTests
{
    [Fact]
    public void A_set_that_agrees_beats_one_that_does_not()
    {
        var result = SetComparison.Of([.. Set(5, 3f, 1)], [.. Set(5, 0f, 2)]);
        Assert.True(result.A.Agreement.Mean > result.B.Agreement.Mean + 0.3);
        Assert.Equal(1.0 / 252, result.Permutation!.PGreater, 1e-12);
        Assert.Equal(2.0 / 252, result.Difference!.P!.Value, 1e-12);
        Assert.Equal(2.0 / 252, result.Difference.PFloor!.Value, 1e-12);
        Assert.True(result.Difference.Low > 0.3);
        Assert.Equal(result.A.Agreement.Kappa!.Value - result.B.Agreement.Kappa!.Value, result.Difference.Value, 1e-12);
        Assert.True(result.AsPublished.HedgesG > 2);
        Assert.Equal(100, result.AsPublished.MannWhitney.U);
        Assert.Contains("seed", result.AsPublished.Caution, StringComparison.Ordinal);
        Assert.Equal(0, result.B.Agreement.Kappa.Value, 0.02);
        Assert.Equal(10, result.Matrix.Length);
        Assert.Empty(result.SharedStarts);
    }

    [Fact]
    public void A_set_is_measured_as_if_it_stood_alone()
    {
        var result = SetComparison.Of([.. Set(3, 1f, 1)], [.. Set(3, 0f, 2)]);
        var alone = SeedStability.Of([.. Set(3, 1f, 1)]);
        Assert.Equal(alone.Kappa, result.A.Agreement.Kappa);
        Assert.Equal(alone.Levels, result.A.Agreement.Levels);
        Assert.Equal(alone.Sentence, result.A.Agreement.Sentence);
    }

    [Fact]
    public void Two_equal_sets_do_not_differ()
    {
        var result = SetComparison.Of([.. Set(4, 1f, 1)], [.. Set(4, 1f, 1)]);
        Assert.Equal(0, result.Difference!.Value, 1e-12);
        Assert.True(result.Difference.P > 0.5);
        Assert.InRange(0, result.Difference.Low!.Value, result.Difference.High!.Value);
        Assert.Equal(0, result.AsPublished.HedgesG, 1e-9);
    }

    [Fact]
    public void Sets_of_other_sizes_differ_in_raw_similarity_but_not_beyond_chance()
    {
        var result = SetComparison.Of([.. Set(5, 0f, 1, latents: 200)], [.. Set(5, 0f, 2, latents: 20)]);
        Assert.True(result.A.Agreement.Mean - result.B.Agreement.Mean > 0.05);
        Assert.True(Math.Abs(result.Difference!.Value) < 0.02);
    }

    [Fact]
    public void Pairs_of_one_start_are_left_out_between_the_sets_and_refuse_a_kappa_within()
    {
        LatentDictionary Seeded(LatentDictionary dictionary, long seed) =>
            new(dictionary.Name, dictionary.Decoder) { InitialisationSeed = seed };
        var first = Set(3, 0f, 1).Select((dictionary, seed) => Seeded(dictionary, seed)).ToArray();
        var second = Set(3, 0f, 2).Select((dictionary, seed) => Seeded(dictionary, seed)).ToArray();
        var result = SetComparison.Of(first, second);
        Assert.Equal(3, result.SharedStarts.Count);
        Assert.All(result.SharedStarts, start => Assert.Equal(start.First + 3, start.Second));
        Assert.Null(result.KappaMatrix[0][3]);
        Assert.NotNull(result.KappaMatrix[0][4]);
        double[] between = [
            result.Matrix[0][4], result.Matrix[0][5], result.Matrix[1][3], result.Matrix[1][5], result.Matrix[2][3], result.Matrix[2][4]];
        Assert.Equal(between.Average(), result.Between!.Value, 1e-12);
        Assert.NotNull(result.Difference!.P);

        var shared = SetComparison.Of([first[0], second[0]], second);
        Assert.Null(shared.Difference);
        Assert.Equal(1, shared.A.Agreement.VerdictNumber);
    }

    [Fact]
    public void Sets_of_other_widths_or_single_seeds_are_refused()
    {
        var message = Assert.Throws<ArgumentException>(() => SetComparison.Of([.. Set(2, 0f, 1)], [.. Set(2, 0f, 1, width: 24)])).Message;
        Assert.Contains("32", message, StringComparison.Ordinal);
        Assert.Contains("24", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SetComparison.Of([.. Set(1, 0f, 1)], [.. Set(2, 0f, 1)]));
    }

    [Fact]
    public void A_difference_is_told_with_its_interval_where_it_has_one()
    {
        Assert.Equal("-0.112 [-0.124, 0.100]", new KappaDifference(-0.112, -0.1241, 0.1, null, null).ToText());
        Assert.Equal("0.250", new KappaDifference(0.25, null, null, 0.5, 0.1).ToText());
    }

    private static IEnumerable<LatentDictionary> Set(int seeds, float shared, uint group, int latents = 40, int width = 32)
    {
        var common = RandomDirections.Isotropic(latents, width, new RandomStream(9, "test.common", group));
        for (var seed = 0; seed < seeds; seed++)
        {
            var decoder = RandomDirections.Isotropic(latents, width, new RandomStream(10, $"test.set{group}", (uint)seed));
            for (var latent = 0; latent < latents; latent++)
            {
                // At other places in each, or the seeds would seem to share their start.
                Elementwise.MultiplyAdd(decoder.Row((latent + 7 * seed) % latents), common.Row(latent), shared);
            }

            yield return new LatentDictionary($"group {group} seed {seed}", decoder);
        }
    }
}
