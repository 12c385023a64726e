using Husai.Analysis.Geometry;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Geometry;

public sealed class BandedFormTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(200)]
    [InlineData(300)]
    public void A_band_in_orthonormal_axes_is_the_matrix(int size)
    {
        var matrix = Moments(size);
        var banded = BandedForm.Of(matrix.Clone(), null);
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                Assert.Equal(i == j ? 1 : 0, PlainSum(size, k => banded.Axes[i, k] * (double)banded.Axes[j, k]), 2e-6);
                if (Math.Abs(i - j) > BandedForm.Bandwidth)
                {
                    Assert.Equal(0, banded.Band[i, j]);
                }
            }
        }

        // Qᵀ B Q.
        var half = new double[size, size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                half[i, j] = PlainSum(size, k => banded.Band[i, k] * banded.Axes[k, j]);
            }
        }

        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                Assert.Equal(matrix[i, j], PlainSum(size, k => banded.Axes[k, i] * half[k, j]), 1e-5);
            }
        }
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_bit()
    {
        using var two = new Workers(2);
        var one = BandedForm.Of(Moments(300), null);
        var other = BandedForm.Of(Moments(300), two);
        Assert.Equal(one.Axes.AsSpan().ToArray(), other.Axes.AsSpan().ToArray());
        Assert.Equal(one.Band, other.Band);
    }

    [Fact]
    public void A_banded_root_is_that_of_the_whole_and_multiplies_like_it()
    {
        var band = BandedForm.Of(Moments(300), null).Band;
        var root = Cholesky.Root(band, null, BandedForm.Bandwidth);
        var whole = Cholesky.Root(band);
        for (var row = 0; row < 300; row++)
        {
            for (var column = 0; column < 300; column++)
            {
                Assert.Equal(whole[row, column], root[row, column], 1e-6f);
            }
        }

        var rows = new Matrix(7, 300);
        new RandomStream(3, "test.band.rows").FillNormal(rows.AsSpan());
        var expected = new Matrix(7, 300);
        MatrixProduct.Multiply(expected, rows, whole, ProductForm.ABt);
        var result = new Matrix(7, 300);
        TriangularProduct.MultiplyByBand(result, rows, root, BandedForm.Bandwidth, null);
        for (var row = 0; row < 7; row++)
        {
            for (var column = 0; column < 300; column++)
            {
                Assert.Equal(expected[row, column], result[row, column], 1e-5f);
            }
        }
    }

    private static Matrix Moments(int size)
    {
        var rows = new Matrix(2 * size, size);
        new RandomStream(2, "test.band").FillNormal(rows.AsSpan());
        var result = new Matrix(size, size);
        MatrixProduct.Multiply(result, rows, rows, ProductForm.AtB);
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                result.Row(row)[column] /= 2 * size;
            }
        }

        return result;
    }

    private static double PlainSum(int count, Func<int, double> term)
    {
        var sum = 0.0;
        for (var k = 0; k < count; k++)
        {
            sum += term(k);
        }

        return sum;
    }
}
