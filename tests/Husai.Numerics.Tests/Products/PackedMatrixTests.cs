using Husai.Testing;

namespace Husai.Numerics.Tests.Products;

[RunsOnEveryTier]
public class PackedMatrixTests
{
    [Fact]
    public void Refilling_part_after_part_equals_packing_anew()
    {
        var packed = PackedMatrix.FromTransposed(Samples.Normal(150, 40, 1));
        var values = Samples.Normal(150, 40, 2);
        for (var column = 0; column < 150; column += 64)
        {
            packed.RefillColumns(values, column, Math.Min(64, 150 - column));
        }

        var left = Samples.Normal(9, 40, 3);
        var expected = new Matrix(9, 150);
        MatrixProduct.Multiply(expected, left, values, ProductForm.ABt);
        MatrixProduct.VisitRowBlocks(left, packed, default, 9, (_, block, _) => Bits.Equal(expected, block));
    }

    [Fact]
    public void Columns_that_are_not_whole_panels_are_refused()
    {
        var values = Samples.Normal(150, 40, 1);
        var packed = PackedMatrix.FromTransposed(values);

        Assert.Throws<ArgumentOutOfRangeException>(() => packed.RefillColumns(values, 1, 64));
        Assert.Throws<ArgumentOutOfRangeException>(() => packed.RefillColumns(values, 0, 33));
        Assert.Throws<ArgumentOutOfRangeException>(() => packed.RefillColumns(values, 128, 32));
        Assert.Throws<ArgumentException>(() => packed.RefillColumns(new Matrix(40, 150), 0, 32));
    }
}
