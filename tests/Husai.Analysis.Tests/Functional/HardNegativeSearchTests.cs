using Husai.Analysis.Functional;
using Husai.Analysis.Matching;
using Husai.Analysis.Similarity;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Functional;

public sealed class HardNegativeSearchTests
{
    [Fact]
    public void A_hard_negative_looks_alike_and_fires_as_often_without_being_the_match()
    {
        var axes = Matrix.From(new float[,] { { 1, 0, 0, 0 }, { 0, 1, 0, 0 }, { 0, 0, 1, 0 }, { 0, 0, 0, 1 } });
        var rows = Matrix.From(new[,] { { 0.9f, 0.8f, 0.7f, 0.1f }, { 0.9f, 0.8f, 0.7f, 0.1f }, { 0.9f, 0.8f, 0.7f, 0.1f } });
        double[] rates = [0.10, 0.16, 0.14, 0.01];
        Assert.Equal([2, 2, -1], new HardNegativeSearch(rows, axes, rates, 1.5, Workers.Alone).Of([[0, 1, -1]])[0]);
        Assert.Equal([-1, 0, 0], new HardNegativeSearch(rows, axes, rates, 2, Workers.Alone).Of([[3, 2, 1]])[0]);
    }

    [Fact]
    public void Without_a_partner_there_is_none() => Assert.Equal(
        [[-1, -1]], new HardNegativeSearch(new Matrix(2, 3), new Matrix(4, 3), [.1, .1, .1, .1], 2, Workers.Alone).Of([[-1, -1]]));

    [Theory]
    [InlineData(1, 1, 3, 1.5)]
    [InlineData(7, 12, 5, 1.0)]
    [InlineData(150, 1100, 20, 1.5)]
    [InlineData(310, 40, 8, 1000.0)]
    [InlineData(9300, 1300, 4, 1.2)]
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

        // What is searched for, looked up in the matrix of all cosines.
        var cosines = CosineMatrix.Of(first, second, CosineMeasure.Signed, Workers.Alone);
        var expected = Array.ConvertAll(
            partners, each => each.Select((partner, row) => Nearest(partner, cosines.Row(row).ToArray())).ToArray());

        using var two = new Workers(2);
        Assert.Equal(expected, new HardNegativeSearch(first, second, rates, factor, Workers.Alone).Of(partners));
        Assert.Equal(expected, new HardNegativeSearch(first, second, rates, factor, two).Of(partners));
        Assert.Equal([expected[0]], new HardNegativeSearch(first, second, rates, factor, two).Of([partners[0]]));
        Assert.True(columns < 12 || expected[0].Any(negative => negative >= 0));

        int Nearest(int partner, float[] cosines) => partner < 0
            ? -1
            : Enumerable.Range(0, cosines.Length)
                .Where(column => column != partner && rates[column] <= rates[partner] * factor && rates[column] * factor >= rates[partner])
                .OrderByDescending(column => cosines[column]).FirstOrDefault(-1);
    }

    private static Matrix Normal(RandomStream stream, int rows, int columns)
    {
        var result = new Matrix(rows, columns);
        stream.FillNormal(result.AsSpan());
        return result;
    }
}
