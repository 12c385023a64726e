using Husai.Analysis.Similarity;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Similarity;

public sealed class NearestRowsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(40, 5)]
    [InlineData(40, 100)]
    public void They_are_the_rows_with_the_largest_cosines(int rows, int count)
    {
        const int Width = 7;
        var matrix = new Matrix(rows, Width);
        new RandomStream(3, "rows").FillNormal(matrix.AsSpan());
        var direction = new float[Width];
        new RandomStream(3, "direction").FillNormal(direction);
        var expected = Enumerable.Range(0, rows).Select(row => (Row: row, Cosine: Cosine(direction, matrix.Row(row))))
            .OrderByDescending(row => row.Cosine).Take(count).ToArray();

        var found = NearestRows.Of(direction, matrix, count);

        var norms = Enumerable.Range(0, rows).Select(row => Math.Sqrt(Reductions.SumOfSquares(matrix.Row(row)))).ToArray();
        Assert.Equal(found, NearestRows.Of(direction, matrix, count, norms: norms));
        Assert.Equal(expected.Select(row => row.Row), found.Select(row => row.Row));
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First.Cosine, pair.Second.Cosine, 6));
    }

    [Fact]
    public void Zero_rows_and_rows_that_are_no_candidates_are_left_out_and_the_lower_of_equal_rows_comes_first()
    {
        var matrix = Matrix.From(5, 2, [0, 0, 1, 0, 2, 0, 0, 1, 3, 0]);

        Assert.Equal([(1, 1.0), (4, 1.0), (3, 0.0)], NearestRows.Of([1, 0], matrix, 5, row => row != 2));
        Assert.Empty(NearestRows.Of([0, 0], matrix, 5));
    }

    [Fact]
    public void Another_width_is_refused()
    {
        Assert.Throws<ArgumentException>(() => NearestRows.Of([1], new Matrix(2, 2), 1));
        Assert.Throws<ArgumentException>(() => NearestRows.Of([1, 0], new Matrix(2, 2), 1, norms: [1]));
    }

    private static double Cosine(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        double dot = 0, a = 0, b = 0;
        for (var index = 0; index < first.Length; index++)
        {
            dot += (double)first[index] * second[index];
            a += (double)first[index] * first[index];
            b += (double)second[index] * second[index];
        }

        return dot / Math.Sqrt(a * b);
    }
}
