using Husai.Analysis.Chance;
using Husai.Analysis.Geometry;
using Husai.Analysis.Similarity;
using Husai.Analysis.Stability;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Chance;

public sealed class NullStudyTests
{
    private static readonly SimilarityOptions SignedFraction = new()
    {
        Cosine = CosineMeasure.Signed,
        Reduction = MatchReduction.FractionAboveThreshold,
    };

    // Dictionaries so large that samples stand for them where the similarity allows it.
    [Theory]
    [InlineData(CosineMeasure.Absolute, CosineMeasure.Signed)]
    [InlineData(CosineMeasure.Signed, CosineMeasure.Absolute)]
    public void A_further_similarity_by_the_other_cosine_leaves_the_histogram_as_it_is(CosineMeasure main, CosineMeasure further)
    {
        LatentDictionary[] set = [Random(1, 1100, 8), Random(2, 1100, 8)];
        var alone = new StabilityOptions
        {
            Similarity = new SimilarityOptions { Cosine = main, Matcher = Matcher.MutualNearest },
            Parts = StabilityParts.BestMatches | StabilityParts.Turned,
            ChanceDraws = 2,
        };
        var activations = Covariance.Of(RandomDirections.Isotropic(500, 8, new RandomStream(12, "test.activations")));
        var expected = SeedStability.Of(set, alone, activations).BestMatches!;
        var found = SeedStability.Of(
            set, alone with { FurtherSimilarities = [SignedFraction with { Cosine = further }] }, activations).BestMatches!;
        Assert.Equal(expected.Observed, found.Observed);
        Assert.Equal(expected.SameShape, found.SameShape);
        Assert.Equal(expected.Turned, found.Turned);
    }

    [Fact]
    public void Where_no_random_set_reaches_the_threshold_p_is_still_a_number()
    {
        var options = new StabilityOptions { Similarity = SignedFraction, Parts = StabilityParts.None, ChanceDraws = 8 };
        var apart = SeedStability.Of([Random(1, 60, 64), Random(2, 60, 64)], options);
        Assert.Equal((0.0, 0.0, 0.0), (apart.Mean, apart.Levels.SameShape.Value, apart.Levels.SameShape.StandardError));
        Assert.Equal((1.0, true), (apart.P, apart.PIsApproximate));
        var same = SeedStability.Of([Random(1, 60, 64), Random(1, 60, 64)], options);
        Assert.Equal((1.0, 0.0), (same.Mean, same.P));
    }

    private static LatentDictionary Random(uint seed, int latents, int width) =>
        new($"seed {seed}", RandomDirections.Isotropic(latents, width, new RandomStream(11, "test.null_studies", seed)));
}
