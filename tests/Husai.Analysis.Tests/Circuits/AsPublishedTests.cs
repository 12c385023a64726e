using Husai.Analysis.Chance;
using Husai.Analysis.Circuits;
using Husai.Numerics.Matrices;
using Husai.Numerics.Products;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Circuits;

public sealed class AsPublishedTests
{
    [Fact]
    public void The_original_metric_gives_random_decoders_its_published_score()
    {
        // Published: .2549 for random, .258 for trained SAEs, at p = 113 and width 128.
        var random = RandomDirections.Isotropic(1024, 128, new RandomStream(1, "test.published"));
        Assert.Equal(.2540, FourierOverlapAsPublished.Of(random, 113), 0.003);
    }

    [Fact]
    public void The_original_metric_calls_a_perfect_dictionary_chance()
    {
        // Directions that lie in the circuit's planes exactly: any rotation of activation space gives another score, all near chance.
        var planes = RandomDirections.Orthonormal(10, 128, new RandomStream(2, "test.published"));
        var coordinates = RandomDirections.Isotropic(200, 10, new RandomStream(3, "test.published"));
        var decoder = new Matrix(200, 128);
        MatrixProduct.Multiply(decoder, coordinates, planes);
        Assert.InRange(FourierOverlapAsPublished.Of(decoder, 113), 0.22, 0.29);
    }

    [Fact]
    public void Waves_over_tokens_score_one_and_narrow_decoders_are_padded()
    {
        var waves = new FourierWaves(11);
        var decoder = new Matrix(2, 11);
        for (var x = 0; x < 11; x++)
        {
            decoder[0, x] = (float)(3 * waves.Cosine(4, x));
            decoder[1, x] = (float)-waves.Sine(2, x);
        }

        Assert.Equal(1, FourierOverlapAsPublished.Of(decoder, 11), 1e-6);
        var narrow = Matrix.From(1, 3, [1f, 0f, 0f]);
        Assert.Equal(Math.Sqrt(2.0 / 11), FourierOverlapAsPublished.Of(narrow, 11), 1e-6);
    }
}
