using Husai.Analysis.Functional;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Functional;

public sealed class SinkhornPlanTests
{
    [Theory]
    [InlineData(5, 5)]
    [InlineData(9, 6)]
    [InlineData(70, 130)]
    [InlineData(130, 130, 0.15f)]
    public void A_plan_equals_that_of_plain_scaling_and_has_equal_marginals(int rows, int columns, float spread = 0.3f)
    {
        var cosines = new Matrix(rows, columns);
        new RandomStream(3, "test.sinkhorn").FillNormal(cosines.AsSpan());
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                cosines[row, column] = Math.Clamp(spread * cosines[row, column], -1, 1);
            }
        }

        using var two = new Workers(2);
        var plan = SinkhornPlan.Of(cosines, two, CancellationToken.None);
        var plain = Plain(cosines);
        Assert.Equal(plan.AsSpan().ToArray(), SinkhornPlan.Of(cosines, Workers.Alone, CancellationToken.None).AsSpan().ToArray());
        for (var row = 0; row < rows; row++)
        {
            double sum = 0;
            for (var column = 0; column < columns; column++)
            {
                Assert.Equal(plain[row, column], plan[row, column] * rows, 1e-4);
                sum += plan[row, column];
            }

            Assert.Equal(1.0 / rows, sum, 1e-4 / rows);
        }
    }

    [Fact]
    public void The_partner_is_the_largest_element_of_the_plan()
    {
        var cosines = Matrix.From(new[,] { { 0.2f, 0.9f }, { 0.8f, 0.85f } });
        var match = SinkhornPlan.Find(cosines, Workers.Alone, CancellationToken.None);
        Assert.Equal([1, 0], match.PartnerOfRow);
        Assert.Equal([1, 0], match.PartnerOfColumn);
        Assert.InRange(match.RowSimilarity[0], 0.9f, 1f);
    }

    // Rows sum to 1.
    private static double[,] Plain(Matrix cosines)
    {
        var plan = new double[cosines.Rows, cosines.Columns];
        for (var row = 0; row < cosines.Rows; row++)
        {
            for (var column = 0; column < cosines.Columns; column++)
            {
                plan[row, column] = Math.Exp((cosines[row, column] - 1.0) / SinkhornPlan.Temperature);
            }
        }

        for (var round = 0; round < 3000; round++)
        {
            for (var row = 0; row < cosines.Rows; row++)
            {
                var sum = Enumerable.Range(0, cosines.Columns).Sum(column => plan[row, column]);
                for (var column = 0; column < cosines.Columns; column++)
                {
                    plan[row, column] /= sum;
                }
            }

            for (var column = 0; column < cosines.Columns; column++)
            {
                var sum = Enumerable.Range(0, cosines.Rows).Sum(row => plan[row, column]);
                for (var row = 0; row < cosines.Rows; row++)
                {
                    plan[row, column] *= (double)cosines.Rows / cosines.Columns / sum;
                }
            }
        }

        return plan;
    }
}
