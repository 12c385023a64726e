using Husai.Analysis.Geometry;
using Husai.Analysis.Similarity;
using Husai.Analysis.Stability;
using Husai.Formats.Safetensors;
using Husai.Formats.Tensors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Tests.Stability;

/// <summary>
/// Decoders of a finished quickstart, with values that were measured apart from this code (numpy) and the tolerances that go with them.
/// </summary>
public sealed class QuickstartDecodersTests
{
    private static readonly long[] Seeds = [42, 123, 456, 789, 1011];
    private static readonly Lazy<TensorFile> File = new(() =>
        SafetensorsFile.Read(Path.Combine(AppContext.BaseDirectory, "Oracles", "stability", "quickstart_decoders.safetensors")));

    [Theory]
    [InlineData("topk_8x_k32", .3238, .3136, .0015, 3)]
    [InlineData("relu_8x", .3016, .3017, .0015, 2)]
    [InlineData("topk_113_k1", .9217, .906, .005, 4)]
    [InlineData("topk_8x_k32_long", .4452, .3557, .0025, 5)]
    public void Score_level_and_sentence(string configuration, double score, double level, double tolerance, int sentence)
    {
        using var two = new Workers(2);
        var report = SeedStability.Of(
            Dictionaries(configuration), new StabilityOptions { Parts = StabilityParts.Turned | StabilityParts.References }, Activations(),
            workers: two);
        Assert.Equal(score, report.Mean, .0005);
        Assert.Equal(level, report.Levels.SameShape.Value, tolerance);
        Assert.Equal(sentence, report.VerdictNumber);
        Assert.Equal(Verdict.SentenceOf((AgreementFinding)sentence), report.Sentence);
        Assert.Empty(report.SharedStarts);
        var (turned, own, kappa) = configuration switch
        {
            "topk_8x_k32" => (.3235, .3231, .015),
            "relu_8x" => (.3014, .3013, .000),
            "topk_113_k1" => (.921, .853, .167),
            _ => (.418, .494, .139),
        };
        Assert.Equal(turned, report.Levels.Turned!.Value, .0015);
        Assert.Equal(own, report.Levels.OwnNeighbour!.Value, .0005);
        Assert.Equal(kappa, report.Kappa!.Value, configuration == "topk_113_k1" ? .05 : .005);
        Assert.True(report.Kappa.Low < report.Kappa.Value && report.Kappa.Value < report.Kappa.High);
    }

    [Fact]
    public void Without_activations_signs_along_the_other_seeds_axes_take_their_place()
    {
        var options = new StabilityOptions { Parts = StabilityParts.Turned };
        var topK = SeedStability.Of(Dictionaries("topk_8x_k32"), options with { ChanceDraws = 2 });
        Assert.Equal(.320, topK.Levels.Turned!.Value, .001);
        Assert.Equal(.921, SeedStability.Of(Dictionaries("topk_113_k1"), options with { ChanceDraws = 50 }).Levels.Turned!.Value, .002);
    }

    [Fact]
    public void One_to_one_matches_and_fractions_have_levels_of_their_own()
    {
        var options = new StabilityOptions
        {
            Similarity = new SimilarityOptions { Cosine = CosineMeasure.Signed, Matcher = Matcher.Hungarian },
            FurtherSimilarities = [
                new SimilarityOptions { Cosine = CosineMeasure.Signed, Reduction = MatchReduction.FractionAboveThreshold }],
            Parts = StabilityParts.Turned,
            ChanceDraws = 60,
        };
        var one = SeedStability.Of(Dictionaries("topk_113_k1"), options, Activations());
        Assert.Equal(.40, one.Kappa!.Value, .05);
        Assert.Equal(.13, one.KappaTurned!.Value, .05);
        Assert.Equal(.97, one.Further[0].Kappa!.Value, .05);
        Assert.Equal(.909, one.Further[0].Levels.SameShape.Value, .01);
        var trainedLonger = SeedStability.Of(
            Dictionaries("topk_8x_k32_long"),
            options with { Similarity = options.FurtherSimilarities[0], FurtherSimilarities = [], ChanceDraws = 8 }, Activations());
        Assert.Equal(.105, trainedLonger.Kappa!.Value, .003);
        Assert.Equal(.067, trainedLonger.KappaTurned!.Value, .005);
    }

    private static LatentDictionary[] Dictionaries(string configuration) =>
        [.. Seeds.Select(seed =>
            new LatentDictionary($"{configuration}/{seed}", Read(FormattableString.Invariant($"{configuration}.{seed}"))))];

    private static Covariance Activations()
    {
        var matrix = Read("activations.covariance");
        var values = new double[matrix.Rows, matrix.Columns];
        for (var i = 0; i < matrix.Rows; i++)
        {
            for (var j = 0; j < matrix.Columns; j++)
            {
                values[i, j] = (matrix[i, j] + (double)matrix[j, i]) / 2;
            }
        }

        return Covariance.FromValues(values, new double[matrix.Rows], 113 * 113);
    }

    private static Matrix Read(string name) => File.Value.Tensors[name].ToMatrix();
}
