using Husai.Autoencoders.Activations;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Worlds.Sampling;

namespace Husai.Worlds.Tests.Sampling;

public sealed class StoredSamplesTests
{
    private const int Rows = 100;

    [Fact]
    public void They_are_the_samples_whose_values_are_stored()
    {
        var sampler = new WorldSampler(GoldenWorlds.D(), 1);
        using var workers = new Workers(3);
        var (drawn, read) = (new Matrix(Rows, sampler.World.Width), new Matrix(Rows, sampler.World.Width));
        var stored = new StoredSamples(
            sampler.Dictionary, new MatrixActivations(Values(sampler, 2 * Rows)), sampler.World.Bias);

        var expected = sampler.Read(Rows, drawn, Workers.Alone);
        var firing = stored.Read(Rows, read, workers);

        Assert.Equal(expected.Select(features => features.Order().ToArray()), firing);
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < drawn.Columns; column++)
            {
                Assert.Equal(drawn[row, column], read[row, column], tolerance: 1e-4f);
            }
        }
    }

    [Fact]
    public void A_value_that_is_not_above_zero_does_not_fire_and_one_that_is_not_finite_is_named()
    {
        var dictionary = new Matrix(2, 1);
        (dictionary[0, 0], dictionary[1, 0]) = (1, 10);
        var values = new Matrix(2, 2);
        (values[0, 0], values[0, 1], values[1, 1]) = (-2, 3, float.NaN);
        var samples = new StoredSamples(dictionary, new MatrixActivations(values));
        var hidden = new Matrix(1, 1);

        Assert.Equal([1], Assert.Single(samples.Read(0, hidden, Workers.Alone)));
        Assert.Equal(28, hidden[0, 0]);
        var error = Assert.Throws<NonFiniteActivationsException>(() => samples.Read(1, hidden, Workers.Alone));
        Assert.Equal((1, 1), (error.Row, error.Column));
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_named()
    {
        var values = new MatrixActivations(new Matrix(5, 3));

        var error = Assert.Throws<ArgumentException>(() => new StoredSamples(new Matrix(4, 2), values));
        Assert.Contains("[5, 3]", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new StoredSamples(new Matrix(3, 2), values, new float[3]));
    }

    private static Matrix Values(WorldSampler sampler, int rows)
    {
        var values = new Matrix(rows, sampler.World.Features);
        sampler.Visit(
            [.. Enumerable.Range(0, rows)],
            (position, features, magnitudes, _) =>
            {
                for (var index = 0; index < features.Length; index++)
                {
                    values[position, features[index]] = magnitudes[index];
                }
            });
        return values;
    }
}
