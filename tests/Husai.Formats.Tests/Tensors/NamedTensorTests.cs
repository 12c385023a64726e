using Husai.Formats.Files;
using Husai.Formats.Tensors;
using Husai.Numerics.Matrices;

namespace Husai.Formats.Tests.Tensors;

public sealed class NamedTensorTests
{
    [Fact]
    public void A_matrix_survives_also_as_a_view_of_columns()
    {
        var matrix = Matrix.From(2, 3, [1, 2, 3, 4, 5, 6]).SliceColumns(1, 2);
        var tensor = NamedTensor.FromMatrix("w", matrix);
        Assert.Equal([2L, 2L], tensor.Shape);
        Assert.Equal([2f, 3f, 5f, 6f], tensor.ToMatrix().AsSpan().ToArray());
        Assert.Equal([2f, 3f, 5f, 6f], tensor.ToSingles());
    }

    [Fact]
    public void Elements_are_little_endian()
    {
        Assert.Equal([0, 0, 128, 63], NamedTensor.FromVector("x", [1f]).Data.ToArray());
        Assert.Equal([0, 0, 0, 0, 0, 0, 0xF0, 0x3F], NamedTensor.FromDoubles("x", [1]).Data.ToArray());
        Assert.Equal([0xFE, 255, 255, 255, 255, 255, 255, 255], NamedTensor.FromInt64s("x", [-2]).Data.ToArray());
    }

    [Theory]
    [InlineData(nameof(TensorType.Float16), new byte[] { 0x00, 0x3E, 0x00, 0xC0 })]
    [InlineData(nameof(TensorType.BFloat16), new byte[] { 0xC0, 0x3F, 0x00, 0xC0 })]
    [InlineData(nameof(TensorType.Float32), new byte[] { 0, 0, 0xC0, 0x3F, 0, 0, 0, 0xC0 })]
    [InlineData(nameof(TensorType.Float64), new byte[] { 0, 0, 0, 0, 0, 0, 0xF8, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0xC0 })]
    public void Every_float_type_converts(string typeName, byte[] data)
    {
        var type = Enum.Parse<TensorType>(typeName);
        var tensor = new NamedTensor("x", type, [2], data);
        Assert.Equal([1.5f, -2f], tensor.ToSingles());
        Assert.Equal([1.5, -2.0], tensor.ToDoubles());
        Assert.Throws<InvalidFileException>(() => tensor.ToInt64s());
    }

    [Theory]
    [InlineData(nameof(TensorType.Bool), new byte[] { 1 }, 1)]
    [InlineData(nameof(TensorType.UInt8), new byte[] { 255 }, 255)]
    [InlineData(nameof(TensorType.Int8), new byte[] { 255 }, -1)]
    [InlineData(nameof(TensorType.Int16), new byte[] { 254, 255 }, -2)]
    [InlineData(nameof(TensorType.UInt16), new byte[] { 254, 255 }, 65534)]
    [InlineData(nameof(TensorType.Int32), new byte[] { 253, 255, 255, 255 }, -3)]
    [InlineData(nameof(TensorType.UInt32), new byte[] { 253, 255, 255, 255 }, 4294967293)]
    [InlineData(nameof(TensorType.Int64), new byte[] { 252, 255, 255, 255, 255, 255, 255, 255 }, -4)]
    [InlineData(nameof(TensorType.UInt64), new byte[] { 252, 255, 255, 255, 255, 255, 255, 127 }, long.MaxValue - 3)]
    public void Every_integer_type_converts(string typeName, byte[] data, long expected)
    {
        var type = Enum.Parse<TensorType>(typeName);
        var tensor = new NamedTensor("n", type, [], data);
        Assert.Equal([expected], tensor.ToInt64s());
        Assert.Throws<InvalidFileException>(() => tensor.ToSingles());
        Assert.Throws<InvalidFileException>(() => tensor.ToDoubles());
    }

    [Fact]
    public void An_unsigned_integer_above_63_bits_is_refused() => Assert.Throws<InvalidFileException>(() =>
        new NamedTensor("n", TensorType.UInt64, [1], new byte[] { 0, 0, 0, 0, 0, 0, 0, 128 }).ToInt64s());

    [Theory]
    [InlineData(new long[] { 3 }, 11)]
    [InlineData(new long[] { -1, -3 }, 12)]
    [InlineData(new long[] { 1L << 62, 4 }, 0)]
    [InlineData(new long[] { 1L << 32, 1L << 32 }, 0)]
    [InlineData(new long[] { }, 0)]
    public void Bytes_that_do_not_fill_the_shape_are_refused(long[] shape, int bytes) =>
        Assert.Throws<ArgumentException>(() => new NamedTensor("x", TensorType.Float32, shape, new byte[bytes]));

    [Fact]
    public void Only_two_dimensions_make_a_matrix()
    {
        var error = Assert.Throws<InvalidFileException>(() => NamedTensor.FromVector("bias", [1, 2]).ToMatrix());
        Assert.Contains("'bias' has shape [2]", error.Message);
    }
}
