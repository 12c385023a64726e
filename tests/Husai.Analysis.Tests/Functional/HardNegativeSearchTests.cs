using Husai.Analysis.Functional;
using Husai.Analysis.Matching;
using Husai.Analysis.Similarity;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Functional;

public sealed class HardNegativeSearchTests
{
    [Theory]
    [InlineData(1, 1, 3, 1.5)]
    [InlineData(7, 12, 5, 1.0)]
    [InlineData(150, 1100, 20, 1.5)]
    [InlineData(310, 40, 8, 1000.0)]
    public void The_same_are_found_as_in_the_matrix_of_cosines_on_any_threads(int rows, int columns, int width, double factor)
    {
        var stream = new RandomStream(1, "test.negatives", (uint)rows);
        var (first, second) = (Normal(stream, rows, width), Normal(stream, columns, width));

        // Rows that are there twice, so that cosines tie, and rates that many share.
        for (var column = 3; column < columns; column += 3)
        {
            second.Row(column - 3).CopyTo(second.Row(column));
        }

        var rates = Enumerable.Range(0, columns).Select(_ => stream.NextInt32(9) / 8.0).ToArray();
        int[][] partners =
        [
            MaximumMatcher.Find(first, second, CosineMeasure.Signed, Workers.Alone).PartnerOfRow,
            [.. Enumerable.Range(0, rows).Select(_ => stream.NextInt32(columns + 1) - 1)],
        ];
        var cosines = CosineMatrix.Of(first, second, CosineMeasure.Signed, Workers.Alone);
        var expected = Array.ConvertAll(partners, each => HardNegatives.Of(each, cosines, rates, factor));

        using var two = new Workers(2);
        Assert.Equal(expected, new HardNegativeSearch(first, second, rates, factor, Workers.Alone).Of(partners));
        Assert.Equal(expected, new HardNegativeSearch(first, second, rates, factor, two).Of(partners));
        Assert.True(columns < 12 || expected[0].Any(negative => negative >= 0));
    }

    private static Matrix Normal(RandomStream stream, int rows, int columns)
    {
        var result = new Matrix(rows, columns);
        stream.FillNormal(result.AsSpan());
        return result;
    }
}
