using Husai.Numerics.Matrices;

namespace Husai.Numerics.Tests.Matrices;

public class MatrixTests
{
    [Fact]
    public void Storage_starts_on_a_64_byte_boundary()
    {
        for (var size = 1; size < 40; size++)
        {
            unsafe
            {
                Assert.Equal(0u, (nuint)new Matrix(size, 3).Pointer % 64);
            }
        }
    }

    [Fact]
    public void Views_share_elements_with_their_parent()
    {
        var parent = Matrix.From(new float[,] { { 1, 2, 3 }, { 4, 5, 6 }, { 7, 8, 9 } });
        var view = parent.Slice(1, 2, 1, 2);
        Assert.Equal([5f, 6f], view.Row(0).ToArray());
        view[1, 0] = 80;
        Assert.Equal(80f, parent[2, 1]);
        Assert.False(view.IsContiguous);
        Assert.Throws<InvalidOperationException>(() => view.AsSpan());
        Assert.Equal([5f, 6f, 80f, 9f], view.Clone().AsSpan().ToArray());
        Assert.Equal([1f, 2f, 3f, 4f, 5f, 6f], parent.SliceRows(0, 2).AsSpan().ToArray());
    }

    [Fact]
    public void Transposing_swaps_indices()
    {
        var matrix = Samples.NormalView(67, 35);
        var transposed = matrix.Transpose();
        Assert.Equal("[35, 67]", transposed.Shape);
        for (var row = 0; row < 67; row++)
        {
            for (var column = 0; column < 35; column++)
            {
                Assert.Equal(matrix[row, column], transposed[column, row]);
            }
        }
    }

    [Fact]
    public void Reshaping_keeps_the_elements_in_order()
    {
        var matrix = Matrix.From(2, 3, [1, 2, 3, 4, 5, 6]);
        Assert.Equal(4f, matrix.Reshape(3, 2)[1, 1]);
        Assert.Throws<ArgumentException>(() => matrix.Reshape(4, 2));
    }

    [Fact]
    public void Overlap_is_sharing_an_element()
    {
        var parent = new Matrix(6, 6);
        Assert.True(parent.Overlaps(parent.Slice(5, 1, 5, 1)));
        Assert.False(parent.SliceRows(0, 3).Overlaps(parent.SliceRows(3, 3)));
        Assert.False(parent.SliceColumns(0, 3).Overlaps(parent.SliceColumns(3, 3)));
        Assert.True(parent.SliceColumns(0, 4).Overlaps(parent.SliceColumns(3, 3)));
        Assert.False(parent.Overlaps(new Matrix(6, 6)));
        Assert.False(parent.SliceRows(2, 0).Overlaps(parent));
    }

    [Fact]
    public void Ranges_outside_are_refused_with_the_shape()
    {
        var matrix = new Matrix(2, 3);
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Row(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Matrix(-1, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Matrix(1 << 20, 1 << 20));
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Slice(1, 2, 0, 3));
        Assert.Contains("[2, 3]", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Matrix.From(2, 2, [1f]));
        Assert.Throws<ArgumentException>(() => matrix.CopyFrom(new Matrix(3, 2)));
    }
}
