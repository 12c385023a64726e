using Husai.Analysis.Chance;
using Husai.Analysis.Similarity;
using Husai.Analysis.Stability;
using Husai.Analysis.Statistics;
using Husai.Numerics.Kernels;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Stability;

public sealed class StabilityCorrelationTests
{
    private const int Latents = 80;

    [Fact]
    public void A_property_that_goes_with_stability_is_found_and_another_is_not()
    {
        // The more a latent fires, the closer it is to the direction that all seeds share.
        var shared = RandomDirections.Isotropic(Latents, 32, new RandomStream(1, "test.shared"));
        var frequencies = Enumerable.Range(1, Latents).Select(latent => latent / (2.0 * Latents)).ToArray();
        var set = Enumerable.Range(0, 5).Select(seed =>
        {
            var decoder = RandomDirections.Isotropic(Latents, 32, new RandomStream(2, "test.own", (uint)seed));
            for (var latent = 0; latent < Latents; latent++)
            {
                Elementwise.MultiplyAdd(decoder.Row(latent), shared.Row(latent), (float)(4 * frequencies[latent]));
            }

            return new LatentDictionary(
                $"seed {seed}", decoder, RandomDirections.Isotropic(Latents, 32, new RandomStream(3, "test.encoder", (uint)seed)),
                frequencies);
        }).ToArray();
        var options = new StabilityOptions();
        var correlations = StabilityCorrelation.Of(
            NearestLatents.Of(set, options.Similarity), [.. set.Select(dictionary => LatentPredictors.Of(dictionary))],
            options).ToDictionary(correlation => correlation.Property);

        Assert.Equal(["firing_frequency", "decoder_encoder_cosine"], correlations.Keys);
        Assert.True(correlations["firing_frequency"].WithMeanCosine.Mean > 0.8);
        Assert.True(correlations["firing_frequency"].WithProbability.Low > 0.3);
        var encoder = correlations["decoder_encoder_cosine"].WithMeanCosine;
        Assert.InRange(encoder.Mean, -0.2, 0.2);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(996)]
    public void A_constant_side_has_no_correlation(int count)
    {
        var rising = Enumerable.Range(0, count).Select(i => i * 0.1).ToArray();
        Assert.Equal(double.NaN, RankCorrelation.Spearman(rising, Enumerable.Repeat(0.3, count).ToArray()));
        Assert.Equal(double.NaN, RankCorrelation.Spearman(Enumerable.Repeat(0.0, count).ToArray(), rising));
        Assert.Equal(1, RankCorrelation.Spearman(rising, rising), 1e-12);
    }

    [Fact]
    public void Predictors_of_each_dictionary_are_needed()
    {
        LatentDictionary[] set = [Random(1), Random(2)];
        Assert.Throws<ArgumentException>(() =>
            StabilityCorrelation.Of(
                NearestLatents.Of(set, new SimilarityOptions()), [LatentPredictors.Of(set[0])], new StabilityOptions()));
    }

    private static LatentDictionary Random(uint seed) =>
        new($"{seed}", RandomDirections.Isotropic(8, 16, new RandomStream(5, "test.predictors", seed)));
}
