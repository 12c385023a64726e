using System.Text.Json;
using Husai.Analysis.Chance;
using Husai.Analysis.Geometry;
using Husai.Analysis.Similarity;
using Husai.Analysis.Stability;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Chance;

/// <summary>
/// The levels of dictionaries so large that samples of their latents stand for them, beside those of whole random dictionaries.
/// </summary>
public sealed class SampledStudiesTests
{
    private const int Width = 12;
    private const int Studies = 6;
    private static readonly SimilarityOptions Absolute = new();
    private static readonly SimilarityOptions Fraction = new()
    {
        Cosine = CosineMeasure.Signed,
        Reduction = MatchReduction.FractionAboveThreshold,
        Threshold = 0.8,
    };
    private static readonly int[] Sizes = [1300, 1100, 1200];

    // Each fills a subspace of its own, so that none has coordinates for what another one may lie in.
    private static readonly LatentDictionary[] Set = [
        .. Sizes.Select((latents, seed) => Filling((uint)seed, latents, first: 2 * seed, count: 7))];
    private static readonly StabilityOptions Options = new()
    {
        Similarity = Absolute,
        FurtherSimilarities = [Fraction],
        Parts = StabilityParts.Turned | StabilityParts.BestMatches,
        ChanceDraws = Studies,
    };

    [Fact]
    public void Two_random_dictionaries_of_the_same_shape_score_so_in_whole()
    {
        var report = SeedStability.Of(Set, Options);
        Compare(
            report, similarity => similarity.SameShape, similarity => similarity.Levels.SameShape, "whole.same_shape",
            (dictionary, stream) =>
            DirectionShape.Of(dictionary.Decoder, null).Draw(dictionary.Latents, stream, null));
        Assert.All(
            report.Further.Append(report.Main),
            similarity => Assert.Equal(similarity.Levels.SameShape, similarity.Levels.SameShapeUncorrected));
        Assert.Equal(1, report.BestMatches!.SameShape.Sum(), 1e-9);
    }

    [Fact]
    public void Dictionaries_turned_in_whole_score_so()
    {
        // Four bands of three axes.
        var variances = new double[Width, Width];
        for (var axis = 0; axis < Width; axis++)
        {
            variances[axis, axis] = 4 - axis / 3;
        }

        var activations = Covariance.FromValues(variances, new double[Width], 1000);
        var axes = PrincipalAxes.Of(activations);
        Assert.Equal([3, 3, 3, 3], axes.Bands.Select(band => band.Count));
        var report = SeedStability.Of(Set, Options, activations);
        Compare(report, similarity => similarity.Turned!, similarity => similarity.Levels.Turned!, "whole.turned", (dictionary, stream) =>
            axes.Draw(stream).Apply(dictionary.Decoder));
        Assert.Equal(1, report.BestMatches!.Turned.Sum(), 1e-9);
    }

    [Fact]
    public void Isotropic_ones_are_at_the_closed_form()
    {
        var set = Enumerable.Range(0, 3).Select(seed => Filling((uint)seed, 1500, first: 0, count: Width)).ToArray();
        var report = SeedStability.Of(set, Options);
        Assert.Equal(
            IsotropicMaximum.Absolute(Width, 1500), report.Levels.SameShape.Value, 4 * report.Levels.SameShape.StandardError + 0.001);
        Assert.Equal(
            1 - IsotropicMaximum.Below(0.8, Width, 1500, CosineMeasure.Signed), report.Further[0].Levels.SameShape.Value,
            4 * report.Further[0].Levels.SameShape.StandardError + 0.005);
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_digit()
    {
        using var two = new Workers(2);
        Assert.Equal(
            JsonSerializer.Serialize(SeedStability.Of(Set, Options)),
            JsonSerializer.Serialize(SeedStability.Of(Set, Options, workers: two)));
    }

    // Pair by pair, against as many studies whose dictionaries are drawn and matched in whole.
    private static void Compare(
        SeedStability report, Func<SeedSimilarity, double[][]> pairs, Func<SeedSimilarity, ChanceLevel> level, string purpose,
        Func<LatentDictionary, RandomStream, Matrix> draw)
    {
        foreach (var similarity in report.Further.Append(report.Main))
        {
            Assert.Equal(Studies, level(similarity).Draws);
            for (var i = 0; i < Set.Length; i++)
            {
                for (var j = i + 1; j < Set.Length; j++)
                {
                    var scores = Enumerable.Range(0, Studies).Select(study => DictionarySimilarity.FindMatch(
                        draw(Set[i], new RandomStream(2, purpose, (uint)(study * Set.Length + i))),
                        draw(Set[j], new RandomStream(2, purpose, (uint)(study * Set.Length + j))),
                        similarity.Options)).Select(match => DictionarySimilarity.Reduce(match, similarity.Options)).ToArray();
                    var whole = ChanceLevel.Of(scores);
                    // A sample of 512 latents stands for the latents of each side.
                    var error = Math.Sqrt(
                        whole.StandardError * whole.StandardError + 3 * level(similarity).StandardError * level(similarity).StandardError);
                    Assert.InRange(pairs(similarity)[i][j], whole.Value - 5 * error, whole.Value + 5 * error);
                    Assert.InRange(error, 1e-5, 0.012);
                }
            }
        }
    }

    private static LatentDictionary Filling(uint seed, int latents, int first, int count)
    {
        var decoder = new Matrix(latents, Width);
        var stream = new RandomStream(3, "test.sampled", seed);
        for (var row = 0; row < latents; row++)
        {
            stream.FillNormal(decoder.Row(row).Slice(first, count));
        }

        return new LatentDictionary($"seed {seed}", decoder);
    }
}
