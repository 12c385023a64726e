using Husai.Analysis.Geometry;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Geometry;

public sealed class TriangularProductTests
{
    [Theory]
    [InlineData(nameof(ProductForm.AtB))]
    [InlineData(nameof(ProductForm.ABt))]
    public void The_lower_half_of_a_symmetric_product_has_the_bits_of_the_whole(string formName)
    {
        var form = Enum.Parse<ProductForm>(formName);
        const int size = 530;
        const int others = 300;
        using var two = new Workers(2);
        var rows = form == ProductForm.AtB ? new Matrix(others, size) : new Matrix(size, others);
        new RandomStream(5, "test.lower_half").FillNormal(rows.AsSpan());
        var whole = new Matrix(size, size);
        MatrixProduct.Multiply(whole, rows, rows, form);
        var half = new Matrix(size, size);
        TriangularProduct.LowerHalf(half, rows, rows, form, two);
        for (var row = 0; row < size; row++)
        {
            Assert.Equal(whole.Row(row)[..(row + 1)].ToArray(), half.Row(row)[..(row + 1)].ToArray());
        }
    }

    [Theory]
    [InlineData(.2)]
    [InlineData(.05)]
    public void The_bound_of_the_largest_eigenvalue_is_told_by_the_elements_or_found(double largest)
    {
        var moments = new double[40, 40];
        for (var axis = 0; axis < 40; axis++)
        {
            moments[axis, axis] = axis == 7 ? largest : (1 - largest) / 39;
        }

        Assert.True(SecondMoments.LargestIsBelow(moments, largest + .01));
        Assert.False(SecondMoments.LargestIsBelow(moments, largest - .01));
    }
}
