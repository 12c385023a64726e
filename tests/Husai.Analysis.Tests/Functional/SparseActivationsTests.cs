using Husai.Analysis.Functional;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Functional;

public sealed class SparseActivationsTests
{
    [Theory]
    [InlineData(1, 1, 1, 1.0)]
    [InlineData(200, 37, 53, 0.1)]
    [InlineData(64, 300, 90, 0.02)]
    [InlineData(50, 8, 8, 0.0)]
    public void Sums_of_products_equal_those_of_a_plain_loop_on_any_threads(int rows, int first, int second, double density)
    {
        var (a, b) = (Codes(rows, first, density, 1), Codes(rows, second, density, 2));
        using var two = new Workers(2);
        var (alone, together) = (new Matrix(first, second), new Matrix(first, second));
        Sparse(a).Transpose(first).MultiplyLines(alone, Sparse(b), Workers.Alone);
        Sparse(a).Transpose(first).MultiplyLines(together, Sparse(b), two);

        Assert.Equal(alone.AsSpan().ToArray(), together.AsSpan().ToArray());
        for (var i = 0; i < first; i++)
        {
            for (var j = 0; j < second; j++)
            {
                Assert.Equal((float)Enumerable.Range(0, rows).Sum(row => (double)a[row, i] * b[row, j]), alone[i, j]);
            }
        }
    }

    private static Matrix Codes(int rows, int latents, double density, ulong seed)
    {
        var stream = new RandomStream(seed, "test.sparse");
        var codes = new Matrix(rows, latents);
        foreach (ref var value in codes.AsSpan())
        {
            value = stream.NextDouble() < density ? (float)stream.NextNormal() : 0;
        }

        return codes;
    }

    private static SparseActivations Sparse(Matrix codes)
    {
        var (starts, latents, values) = (new List<int> { 0 }, new List<int>(), new List<float>());
        for (var row = 0; row < codes.Rows; row++)
        {
            for (var latent = 0; latent < codes.Columns; latent++)
            {
                if (codes[row, latent] != 0)
                {
                    latents.Add(latent);
                    values.Add(codes[row, latent]);
                }
            }

            starts.Add(latents.Count);
        }

        return new SparseActivations([.. starts], [.. latents], [.. values]);
    }
}
