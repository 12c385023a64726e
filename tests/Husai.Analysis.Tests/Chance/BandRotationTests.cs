using Husai.Analysis.Chance;
using Husai.Analysis.Geometry;
using Husai.Numerics.Matrices;
using Husai.Numerics.Products;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Chance;

public sealed class BandRotationTests
{
    private static readonly float[] Scales = [4f, 1.02f, 1.01f, 1f, 0.5f, 0.1f, 0f, 0f];

    [Fact]
    public void Bands_hold_neighbouring_eigenvalues_within_a_tenth()
    {
        var axes = PrincipalAxes.Of(Activations());
        Assert.Equal([new AxisBand(0, 1), new AxisBand(1, 3), new AxisBand(4, 1), new AxisBand(5, 1), new AxisBand(6, 2)], axes.Bands);
    }

    [Fact]
    public void Turning_is_orthogonal_and_leaves_the_covariance_as_it_is()
    {
        var activations = Activations();
        var axes = PrincipalAxes.Of(activations);
        var turn = axes.Draw(new RandomStream(3, "test.turn"));
        var identity = new Matrix(8, 8);
        for (var i = 0; i < 8; i++)
        {
            identity[i, i] = 1;
        }

        var q = turn.Apply(identity);
        var product = new Matrix(8, 8);
        MatrixProduct.Multiply(product, q, q, ProductForm.ABt);
        var covariance = Matrix.From(Single(activations.Values));
        var left = new Matrix(8, 8);
        var right = new Matrix(8, 8);
        MatrixProduct.Multiply(left, covariance, q);
        MatrixProduct.Multiply(right, q, covariance);
        for (var i = 0; i < 8; i++)
        {
            for (var j = 0; j < 8; j++)
            {
                Assert.Equal(i == j ? 1 : 0, product[i, j], 1e-5f);
                // Within a band the eigenvalues differ by up to a tenth, here by a fiftieth.
                Assert.Equal(left[i, j], right[i, j], 0.1f);
            }
        }

        Assert.True(Math.Abs(q[0, 0]) < 0.9999 || Math.Abs(q[1, 1]) < 0.9999, "nothing was turned");
        var back = axes.Coordinates(identity);
        turn.Turn(back);
        turn.TurnBack(back);
        var before = axes.Coordinates(identity);
        for (var i = 0; i < 8; i++)
        {
            Assert.Equal(before.Row(i).ToArray(), back.Row(i).ToArray(), (x, y) => Math.Abs(x - y) < 1e-5);
        }
    }

    [Fact]
    public void In_one_band_the_rotation_is_uniform()
    {
        // Moments of the Haar measure in 3 dimensions: E q² = 1/3, E q⁴ = 1/5, E q00² q11² = 2/15.
        var axes = PrincipalAxes.Of(Covariance.About0(Matrix.From(new float[,] { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } })));
        const int draws = 20_000;
        double square = 0, fourth = 0, cross = 0, mean = 0;
        for (var draw = 0u; draw < draws; draw++)
        {
            var q = Matrix.From(new float[,] { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } });
            axes.Draw(new RandomStream(5, "test.haar", draw)).Turn(q);
            mean += q[2, 2] / draws;
            square += q[1, 2] * q[1, 2] / draws;
            fourth += Math.Pow(q[0, 0], 4) / draws;
            cross += q[0, 0] * q[0, 0] * q[1, 1] * q[1, 1] / draws;
        }

        Assert.Equal(0, mean, 0.02);
        Assert.Equal(1 / 3.0, square, 0.01);
        Assert.Equal(1 / 5.0, fourth, 0.01);
        Assert.Equal(2 / 15.0, cross, 0.01);
    }

    private static Covariance Activations()
    {
        var rows = new Matrix(16, 8);
        for (var i = 0; i < 8; i++)
        {
            rows[2 * i, i] = MathF.Sqrt(8 * Scales[i]);
            rows[2 * i + 1, i] = -MathF.Sqrt(8 * Scales[i]);
        }

        return Covariance.Of(rows);
    }

    private static float[,] Single(double[,] values)
    {
        var result = new float[values.GetLength(0), values.GetLength(1)];
        for (var i = 0; i < result.GetLength(0); i++)
        {
            for (var j = 0; j < result.GetLength(1); j++)
            {
                result[i, j] = (float)values[i, j];
            }
        }

        return result;
    }
}
