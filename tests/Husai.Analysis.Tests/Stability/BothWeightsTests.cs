using System.Text.Json;
using Husai.Analysis.Chance;
using Husai.Analysis.Similarity;
using Husai.Analysis.Stability;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Stability;

/// <summary>Latents that count as found again where encoder and decoder both say so.</summary>
public sealed class BothWeightsTests
{
    private const int Width = 24;
    private const int Latents = 60;
    private static readonly SimilarityOptions Both = new() { Weights = MatchedWeights.Both };
    private static readonly SimilarityOptions[] Single = [
        Both with { Weights = MatchedWeights.Decoder }, Both with { Weights = MatchedWeights.Encoder }];

    [Fact]
    public void They_are_compared_as_pairs_are_and_said_not_to_be_calibrated()
    {
        LatentDictionary[] set = [Random(1), Random(2), Random(3, latents: 40)];
        var report = SeedStability.Of(set, new StabilityOptions { Similarity = Both, FurtherSimilarities = Single, ChanceDraws = 8 });
        Assert.False(report.Main.IsCalibrated);
        Assert.All(report.Further, similarity => Assert.True(similarity.IsCalibrated));
        Assert.Contains(report.Warnings, warning => warning.Contains("not been calibrated", StringComparison.Ordinal));
        for (var i = 0; i < 3; i++)
        {
            for (var j = i + 1; j < 3; j++)
            {
                Assert.Equal(DictionarySimilarity.Between(set[i], set[j], Both).Value, report.Matrix[i][j]);
                Assert.True(report.Matrix[i][j] < report.Further.Min(similarity => similarity.Matrix[i][j]));
            }
        }

        Assert.True(report.Levels.SameShape.Value < report.Further.Min(similarity => similarity.Levels.SameShape.Value));
        Assert.True(report.Levels.Turned!.Value < report.Further.Min(similarity => similarity.Levels.Turned!.Value));
        Assert.Equal(0, report.Kappa!.Value, 0.02);
        Assert.Equal(0, report.KappaTurned!.Value, 0.02);
        Assert.Null(report.Levels.OwnNeighbour);
        Assert.Empty(report.BestMatches!.Isotropic);
        Assert.Equal(1, report.BestMatches.SameShape.Sum(), 1e-9);
        Assert.Equal(Latents + Latents + 40, report.PerLatent.Count);
    }

    [Fact]
    public void Random_latents_keep_how_their_encoder_goes_with_their_decoder()
    {
        // Equal halves are drawn equal: both weights together score what one of them does.
        LatentDictionary Tied(uint seed) => new($"seed {seed}", Random(seed).Decoder, Random(seed).Decoder);
        var report = SeedStability.Of(
            [Tied(1), Tied(2), Tied(3)],
            new StabilityOptions { Similarity = Both, FurtherSimilarities = Single, Parts = StabilityParts.Turned, ChanceDraws = 20 });
        Assert.All(report.Further, similarity => Assert.Equal(similarity.Mean, report.Mean, 1e-6));
        Assert.All(report.Further, similarity => Assert.Equal(
            similarity.Levels.SameShape.Value, report.Levels.SameShape.Value,
            4 * (similarity.Levels.SameShape.StandardError + report.Levels.SameShape.StandardError)));
        Assert.All(report.Further, similarity => Assert.Equal(similarity.Levels.Turned!.Value, report.Levels.Turned!.Value, 1e-6));
    }

    [Fact]
    public void Equal_dictionaries_score_one_on_any_number_of_threads()
    {
        using var two = new Workers(2);
        var options = new StabilityOptions { Similarity = Both, ChanceDraws = 4 };
        var report = SeedStability.Of([Random(1), Random(1), Random(1)], options);
        Assert.Equal(1, report.Mean, 1e-6);
        Assert.Equal(1, report.Kappa!.Value, 1e-5);
        Assert.Equal(5, report.VerdictNumber);
        Assert.Equal(
            JsonSerializer.Serialize(report),
            JsonSerializer.Serialize(SeedStability.Of([Random(1), Random(1), Random(1)], options, workers: two)));
    }

    [Fact]
    public void Without_encoders_they_are_refused() => Assert.Contains(
        "encoder", Assert.Throws<ArgumentException>(() => SeedStability.Of(
            [Random(1), new LatentDictionary("bare", Random(2).Decoder)],
            new StabilityOptions { Similarity = Both })).Message, StringComparison.Ordinal);

    private static LatentDictionary Random(uint seed, int latents = Latents) => new(
        $"seed {seed}", RandomDirections.Isotropic(latents, Width, new RandomStream(21, "test.decoder", seed)),
        RandomDirections.Isotropic(latents, Width, new RandomStream(22, "test.encoder", seed)));
}
