using Husai.Analysis.Chance;
using Husai.Analysis.Similarity;
using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Options;
using Husai.Autoencoders.Training;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Circuits;

/// <summary>
/// Rows made of k of n unit features with non-negative coefficients. With enough rows and features this incoherent the factorisation is
/// unique but for order and scale (Aharon, Elad and Bruckstein 2006; Spielman, Wang and Wright 2012), so an SAE of n latents has to find
/// the features.
/// </summary>
public sealed class KnownDictionaryTests
{
    private const int Width = 32;
    private const int Features = 32;
    private const int Active = 3;
    private const int Rows = 8192;

    // GT-MCC (Song et al. 2025): mean cosine over the best one-to-one match of latents with features.
    private static readonly SimilarityOptions FeatureMatching = new()
    {
        Cosine = CosineMeasure.Signed,
        Matcher = Matcher.Hungarian,
        IncludeDead = true,
    };
    private static readonly Matrix Truth = RandomDirections.Isotropic(Features, Width, new RandomStream(11, "test.features"));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_trained_top_k_SAE_finds_the_features(int seed)
    {
        using var workers = new Workers(2);
        // With k constant from the start, some latents come to stand for two features each and stay there.
        var options = new SaeOptions
        {
            Architecture = "topk",
            Latents = Features,
            K = Active,
            KAnnealStart = 8,
            KAnnealFraction = 0.7,
            LearningRate = 3e-3,
            Epochs = 80,
            DecoderBiasStart = "zero",
            HeldOutFraction = 0,
            Seed = seed,
        };
        var trained = new SaeTrainer(options, new MatrixActivations(Activations()), workers: workers).Train();
        Assert.InRange(Score(trained.Saved.Sae.Decoder), 0.95, 1);
    }

    [Fact]
    public void Random_directions_stay_at_chance()
    {
        var chance = IsotropicChance.For(Width, Features, Features, FeatureMatching, draws: 64);
        var random = Enumerable.Range(0, 32)
            .Select(seed => Score(RandomDirections.Isotropic(Features, Width, new RandomStream(12, "test.control", (uint)seed)))).ToArray();
        var deviation = Math.Sqrt(random.Sum(score => (score - random.Average()) * (score - random.Average())) / (random.Length - 1));
        var error = Math.Sqrt(deviation * deviation / random.Length + chance.StandardError * chance.StandardError);
        Assert.InRange(random.Average(), chance.Value - 4 * error, chance.Value + 4 * error);
        Assert.True(random.Max() < 0.6);
    }

    private static double Score(Matrix decoder) => DictionarySimilarity.Between(
        new LatentDictionary("latents", decoder), new LatentDictionary("features", Truth), FeatureMatching).Value;

    private static Matrix Activations()
    {
        var stream = new RandomStream(13, "test.rows");
        var rows = new Matrix(Rows, Width);
        for (var row = 0; row < Rows; row++)
        {
            var chosen = new HashSet<int>();
            while (chosen.Count < Active)
            {
                var feature = stream.NextInt32(Features);
                if (chosen.Add(feature))
                {
                    Elementwise.MultiplyAdd(rows.Row(row), Truth.Row(feature), 0.5f + stream.NextSingle());
                }
            }
        }

        return rows;
    }
}
