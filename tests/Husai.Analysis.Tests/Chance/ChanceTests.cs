using Husai.Analysis.Chance;
using Husai.Analysis.Geometry;
using Husai.Analysis.Similarity;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Chance;

public sealed class ChanceTests
{
    [Theory]
    [InlineData(128, 16, .18286, .15577)]
    [InlineData(128, 128, .24725, .22741)]
    [InlineData(128, 1024, .29879, .28268)]
    [InlineData(512, 2048, .15944, .15143)]
    public void Closed_forms_give_the_table(int width, int candidates, double absolute, double signedLevel)
    {
        Assert.Equal(absolute, IsotropicMaximum.Absolute(width, candidates), 1e-5);
        Assert.Equal(signedLevel, IsotropicMaximum.Signed(width, candidates), 1e-5);
    }

    [Theory]
    [InlineData(1024, Matcher.Hungarian, 16)]
    [InlineData(4096, Matcher.Hungarian, 16)]
    [InlineData(8192, Matcher.Hungarian, 4)]
    [InlineData(16384, Matcher.Hungarian, 2)]
    [InlineData(16385, Matcher.Hungarian, 8)]
    [InlineData(24576, Matcher.Maximum, 2)]
    [InlineData(1024, Matcher.Maximum, 16)]
    public void Large_dictionaries_take_fewer_draws(int latents, Matcher matcher, int draws) =>
        Assert.Equal(draws, ChanceDraws.Bounded(16, latents, latents, 768, new SimilarityOptions { Matcher = matcher }));

    [Fact]
    public void In_two_and_three_dimensions_the_integral_is_elementary()
    {
        // Width 2: |cos| of one other direction has mean 2/pi. Width 3: |cos| is uniform, so the best of n has mean n/(n+1).
        Assert.Equal(2 / Math.PI, IsotropicMaximum.Absolute(2, 1), 1e-6);
        foreach (var n in new[] { 1, 2, 10, 1000 })
        {
            Assert.Equal(n / (n + 1.0), IsotropicMaximum.Absolute(3, n), 1e-6);
            Assert.Equal(n / (n + 1.0) * 2 - 1, IsotropicMaximum.Signed(3, n), 1e-6);
        }
    }

    [Theory]
    [InlineData(8, .036)]
    [InlineData(16, .0018)]
    [InlineData(32, 5.8e-6)]
    public void The_tail_above_a_threshold_of_seven_tenths(int width, double expected) =>
        Assert.Equal(1, CosineDistribution.AbsoluteAbove(0.7, width) / expected, 0.05);

    [Fact]
    public void Random_decoders_score_what_the_original_project_measured()
    {
        var stream = new RandomStream(1, "test.chance");
        var first = new LatentDictionary("A", RandomDirections.Isotropic(1024, 128, stream));
        var second = new LatentDictionary("B", RandomDirections.Isotropic(1024, 128, stream));
        Assert.Equal(.298829, DictionarySimilarity.Between(first, second, new SimilarityOptions()).Value, 1e-3);
    }

    // Expected values and their standard errors: SciPy's linear_sum_assignment on NumPy's normal directions, 20,000 pairs of (8, 16) and 60
    // of (128, 128).
    [Theory]
    [InlineData(8, 16, CosineMeasure.Absolute, .62984, .00020, 2000)]
    [InlineData(8, 16, CosineMeasure.Signed, .52580, .00028, 2000)]
    [InlineData(128, 128, CosineMeasure.Absolute, .23406, .00031, 20)]
    [InlineData(128, 128, CosineMeasure.Signed, .21331, .00035, 20)]
    public void Hungarian_chance_comes_out_within_three_standard_errors(
        int width, int latents, CosineMeasure cosine, double expected, double expectedError, int draws)
    {
        var level = IsotropicChance.For(
            width, latents, latents, new SimilarityOptions { Matcher = Matcher.Hungarian, Cosine = cosine }, draws, seed: 42);
        Assert.InRange(level.StandardError, 1e-6, 0.002);
        var error = Math.Sqrt(level.StandardError * level.StandardError + expectedError * expectedError);
        Assert.InRange(level.Value, expected - 3 * error, expected + 3 * error);
    }

    [Fact]
    public void Monte_Carlo_of_the_maximum_agrees_with_the_closed_form()
    {
        var options = new SimilarityOptions { Cosine = CosineMeasure.Signed };
        var closed = IsotropicChance.For(24, 40, 90, options);
        var covariance = Covariance.Of(RandomDirections.Isotropic(20_000, 24, new RandomStream(1, "test.isotropic")));
        var sampled = CovarianceMatchedChance.For(covariance, 40, 90, options, draws: 60, seed: 1);
        Assert.Equal(0, closed.StandardError);
        Assert.InRange(sampled.Value, closed.Value - 3 * sampled.StandardError - 1e-3, closed.Value + 3 * sampled.StandardError + 1e-3);
    }

    [Fact]
    public void On_a_subspace_the_covariance_matched_level_is_that_of_the_subspace()
    {
        // Activations that fill 6 of 64 dimensions evenly: directions drawn like them are isotropic in R^6.
        var activations = new Matrix(5000, 64);
        var stream = new RandomStream(2, "test.subspace");
        for (var row = 0; row < activations.Rows; row++)
        {
            stream.FillNormal(activations.Row(row)[..6]);
        }

        var options = new SimilarityOptions();
        var level = CovarianceMatchedChance.For(Covariance.Of(activations), 50, 50, options, draws: 40);
        Assert.InRange(
            level.Value, IsotropicMaximum.Absolute(6, 50) - 4 * level.StandardError - 2e-3,
            IsotropicMaximum.Absolute(6, 50) + 4 * level.StandardError + 2e-3);
        Assert.True(level.Value > IsotropicChance.For(64, 50, 50, options).Value + 0.3);
    }

    [Fact]
    public void Kappa_is_zero_at_chance_and_one_at_identity()
    {
        var level = new ChanceLevel(0.3, 0, 0);
        Assert.Equal(0, level.Kappa(0.3));
        Assert.Equal(1, level.Kappa(1));
    }

    [Fact]
    public void The_same_seed_gives_the_same_level_on_any_number_of_threads()
    {
        using var two = new Workers(2);
        var options = new SimilarityOptions { Matcher = Matcher.Hungarian };
        var covariance = Covariance.Of(RandomDirections.Isotropic(500, 20, new RandomStream(4, "test.threads")), two);
        var one = CovarianceMatchedChance.For(covariance, 70, 80, options, draws: 3, seed: 9);
        Assert.Equal(one, CovarianceMatchedChance.For(covariance, 70, 80, options, draws: 3, seed: 9, two));
    }
}
