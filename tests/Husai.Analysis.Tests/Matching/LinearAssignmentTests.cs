using Husai.Analysis.Chance;
using Husai.Analysis.Matching;
using Husai.Numerics.Matrices;
using Husai.Numerics.Products;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Matching;

public sealed class LinearAssignmentTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 6)]
    [InlineData(2, 2)]
    [InlineData(4, 4)]
    [InlineData(5, 7)]
    [InlineData(7, 7)]
    public void The_sum_is_the_best_of_all_assignments(int rows, int columns)
    {
        for (uint trial = 0; trial < 40; trial++)
        {
            var values = Random(rows, columns, trial);
            var best = BestSum(values, 0, new bool[columns]);
            Assert.Equal(best, SumOf(values, LinearAssignment.Maximise(values)), 1e-6);
        }
    }

    [Theory]
    [InlineData(64, 64)]
    [InlineData(200, 333)]
    [InlineData(513, 513)]
    public void Prices_prove_that_the_assignment_is_optimal(int rows, int columns)
    {
        var stream = new RandomStream(3, "test.assignment");
        // Cosines in few dimensions: many near ties, the hard case.
        var a = RandomDirections.Isotropic(rows, 4, stream);
        var b = RandomDirections.Isotropic(columns, 4, stream);
        var values = new Matrix(rows, columns);
        MatrixProduct.Multiply(values, a, b, ProductForm.ABt);

        var chosen = LinearAssignment.Maximise(values, out var rowPrices, out var columnPrices);

        Assert.Equal(rows, chosen.Distinct().Count());
        var free = Enumerable.Range(0, columns).Except(chosen).ToArray();
        Assert.All(free, column => Assert.Equal(0, columnPrices[column]));
        Assert.All(columnPrices, price => Assert.True(price >= 0));
        for (var row = 0; row < rows; row++)
        {
            Assert.Equal(values[row, chosen[row]], rowPrices[row] + columnPrices[chosen[row]], 1e-12);
            for (var column = 0; column < columns; column++)
            {
                Assert.True(values[row, column] <= rowPrices[row] + columnPrices[column] + 1e-9);
            }
        }
    }

    [Fact]
    public void Equal_values_give_each_row_a_column()
    {
        var values = new Matrix(37, 37);
        Assert.Equal(37, LinearAssignment.Maximise(values).Distinct().Count());
    }

    [Fact]
    public void A_permuted_diagonal_is_found()
    {
        var permutation = new RandomStream(1, "test.permutation").Permutation(300);
        var values = new Matrix(300, 300);
        for (var row = 0; row < 300; row++)
        {
            values[row, permutation[row]] = 1;
        }

        Assert.Equal(permutation, LinearAssignment.Maximise(values));
    }

    [Fact]
    public void More_rows_than_columns_are_refused()
    {
        var failure = Assert.Throws<ArgumentException>(() => LinearAssignment.Maximise(new Matrix(3, 2)));
        Assert.Contains("[3, 2]", failure.Message, StringComparison.Ordinal);
    }

    private static Matrix Random(int rows, int columns, uint index)
    {
        var values = new Matrix(rows, columns);
        var stream = new RandomStream(7, "test.assignment", index);
        for (var i = 0; i < rows * columns; i++)
        {
            // Few different values, so that ties occur.
            values.AsSpan()[i] = stream.NextInt32(6) - 2;
        }

        return values;
    }

    private static double BestSum(Matrix values, int row, bool[] taken)
    {
        if (row == values.Rows)
        {
            return 0;
        }

        var best = double.NegativeInfinity;
        for (var column = 0; column < values.Columns; column++)
        {
            if (!taken[column])
            {
                taken[column] = true;
                best = Math.Max(best, values[row, column] + BestSum(values, row + 1, taken));
                taken[column] = false;
            }
        }

        return best;
    }

    private static double SumOf(Matrix values, int[] chosen) => chosen.Select((column, row) => (double)values[row, column]).Sum();
}
