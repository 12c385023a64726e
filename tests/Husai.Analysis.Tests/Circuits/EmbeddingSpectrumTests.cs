using Husai.Analysis.Circuits;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Circuits;

public sealed class EmbeddingSpectrumTests
{
    private const int Modulus = 11;
    private const int Width = 5;

    [Fact]
    public void Powers_sum_to_the_squares_of_the_numbers_rows()
    {
        var embedding = Embedding();

        Assert.Equal(
            Reductions.SumOfSquares(embedding.SliceRows(0, Modulus).AsSpan()), EmbeddingSpectrum.Powers(embedding, Modulus).Sum(), 1e-5);
    }

    [Fact]
    public void Norms_are_those_of_the_sums_with_the_waves()
    {
        var embedding = Embedding();
        var norms = EmbeddingSpectrum.Norms(embedding, Modulus);

        Assert.Equal(Modulus / 2, norms.Length);
        for (var k = 1; k <= norms.Length; k++)
        {
            Assert.Equal(
                Math.Sqrt(
                    Enumerable.Range(0, Width).Sum(column =>
                        Square(embedding, k, column, Math.Cos) + Square(embedding, k, column, Math.Sin))),
                norms[k - 1], 1e-6);
        }
    }

    private static double Square(Matrix embedding, int k, int column, Func<double, double> wave)
    {
        var sum = Enumerable.Range(0, Modulus).Sum(x => wave(2 * Math.PI * k * x / Modulus) * embedding[x, column]);
        return sum * sum;
    }

    // One row more than there are numbers, as of '='.
    private static Matrix Embedding()
    {
        var embedding = new Matrix(Modulus + 1, Width);
        new RandomStream(4, "test.embedding").FillNormal(embedding.AsSpan());
        return embedding;
    }
}
