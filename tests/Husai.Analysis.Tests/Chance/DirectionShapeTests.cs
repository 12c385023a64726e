using Husai.Analysis.Chance;
using Husai.Analysis.Similarity;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Chance;

/// <summary>
/// What is drawn has the second moments of the rows whose shape it takes: with eigenvectors, from fewer rows than coordinates, and by the
/// series for wide rows.
/// </summary>
public sealed class DirectionShapeTests
{
    private const int Draws = 8000;
    private const int Largest = 8;

    [Theory]
    [InlineData(2000, 600, .8)]
    [InlineData(2000, 100, 1)]
    [InlineData(60, 600, .7)]
    public void Directions_have_the_second_moments_of_the_rows(int rows, int width, double exponent)
    {
        var given = UnitRows.Of(Rows(rows, width, exponent), null);
        var shape = DirectionShape.Of(given, null);
        var drawn = shape.Draw(Draws, new RandomStream(7, "test.shape"), null);
        for (var row = 0; row < Draws; row++)
        {
            Assert.Equal(1, Reductions.SumOfSquares(drawn.Row(row)), 1e-5);
        }

        // The rows' own variance along the coordinates' axes: the moments are nearly diagonal there.
        double expected = 0;
        double found = 0;
        for (var axis = 0; axis < Largest; axis++)
        {
            expected += Variance(given, axis);
            found += Variance(drawn, axis);
        }

        // Scaling to length 1 takes 2 s off the largest variances where nothing is done about it: 7% to 30% here. Four standard errors of
        // the draws are less than 3%.
        Assert.InRange(found / expected, .97, 1.03);
    }

    [Theory]
    [InlineData(2000, 600)]
    [InlineData(2000, 100)]
    public void Coordinates_keep_cosines_and_lead_back(int rows, int width)
    {
        var shape = DirectionShape.Of(Rows(rows, width, .6), null);
        var coordinates = new Matrix(5, shape.Coordinates);
        shape.Fill(coordinates, new RandomStream(8, "test.shape"), null);
        var back = shape.ToCoordinates(shape.ToSpace(coordinates, null), null);
        for (var row = 0; row < 5; row++)
        {
            for (var column = 0; column < shape.Coordinates; column++)
            {
                Assert.Equal(coordinates[row, column], back[row, column], 1e-5f);
            }
        }
    }

    private static double Variance(Matrix rows, int axis)
    {
        var sum = 0.0;
        for (var row = 0; row < rows.Rows; row++)
        {
            sum += rows[row, axis] * (double)rows[row, axis];
        }

        return sum / rows.Rows;
    }

    private static Matrix Rows(int rows, int width, double exponent)
    {
        var result = new Matrix(rows, width);
        new RandomStream(6, "test.shape.rows").FillNormal(result.AsSpan());
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < width; column++)
            {
                result.Row(row)[column] *= (float)Math.Pow(column + 1, -exponent / 2);
            }
        }

        return result;
    }
}
