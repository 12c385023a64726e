using Husai.Analysis.Chance;
using Husai.Analysis.Similarity;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Similarity;

public sealed class PooledLatentsTests
{
    private const int Width = 64;

    [Fact]
    public void Shared_latents_come_first_then_those_that_fire_oftenest_and_no_two_point_the_same_way()
    {
        // Both have the first three, the second in another order and turned a little; two further ones each, one of them dead.
        var shared = Directions(3, 1);
        var (own, others) = (Directions(2, 2), Directions(2, 3));
        var first = Dictionary("first", [shared.Row(0).ToArray(), own.Row(0).ToArray(), shared.Row(1).ToArray(), shared.Row(2).ToArray(),
            own.Row(1).ToArray()], [0.1, 0.5, 0.2, 0.3, 0]);
        var second = Dictionary(
            "second", [others.Row(0).ToArray(), Near(shared.Row(2)), Near(shared.Row(0)), Near(shared.Row(1)), others.Row(1).ToArray()],
            [0.4, 0.1, 0.1, 0.1, 0.6]);

        var pooled = PooledLatents.Of([first, second], most: 100);

        Assert.Equal(6, pooled.Rows);
        float[][] expected =
        [
            shared.Row(2).ToArray(), shared.Row(1).ToArray(), shared.Row(0).ToArray(), others.Row(1).ToArray(), own.Row(0).ToArray(),
            others.Row(0).ToArray(),
        ];
        for (var row = 0; row < expected.Length; row++)
        {
            Assert.Equal(1, Reductions.Dot(pooled.Row(row), expected[row]), 1e-5);
        }

        Assert.Equal(4, PooledLatents.Of([first, second], most: 4).Rows);
    }

    [Fact]
    public void Dead_latents_and_lengths_do_not_matter()
    {
        var rows = Directions(4, 5);
        var longer = rows.Clone();
        Elementwise.Scale(longer.AsSpan(), 3);
        var first = new LatentDictionary("first", rows, null, [0.1, 0, 0.2, 0.3]);
        var second = new LatentDictionary("second", longer, null, [0.1, 0.2, 0, 0.3]);

        var pooled = PooledLatents.Of([first, second], most: 4);

        Assert.Equal(4, pooled.Rows);
        Assert.All(Enumerable.Range(0, 4), row => Assert.Equal(1, Reductions.SumOfSquares(pooled.Row(row)), 1e-5));
        Assert.Equal(1, Reductions.Dot(pooled.Row(0), rows.Row(3)), 1e-5);
    }

    [Fact]
    public void One_sae_alone_is_no_pool() => Assert.Contains(
        "two SAEs or more",
        Assert.Throws<ArgumentException>(() => PooledLatents.Of([new LatentDictionary("one", Directions(3, 1))], 3)).Message,
        StringComparison.Ordinal);

    private static Matrix Directions(int count, ulong seed) => RandomDirections.Isotropic(count, Width, new RandomStream(seed, "pooled"));

    private static LatentDictionary Dictionary(string name, float[][] rows, double[] frequencies)
    {
        var decoder = new Matrix(rows.Length, Width);
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row].CopyTo(decoder.Row(row));
        }

        return new LatentDictionary(name, decoder, null, frequencies);
    }

    // Another row with a cosine of about 0.95.
    private static float[] Near(ReadOnlySpan<float> row)
    {
        var near = row.ToArray();
        Elementwise.MultiplyAdd(near, Directions(1, 77).Row(0), 0.3f);
        return near;
    }
}
