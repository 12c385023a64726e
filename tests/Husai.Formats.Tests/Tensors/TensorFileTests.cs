using Husai.Formats.Files;
using Husai.Formats.Tensors;

namespace Husai.Formats.Tests.Tensors;

public sealed class TensorFileTests
{
    private static readonly TensorFile File = new("m.safetensors", new Dictionary<string, NamedTensor>
    {
        ["w"] = NamedTensor.Own("w", TensorType.Float32, [2, 3], new byte[24], "m.safetensors"),
    });

    [Fact]
    public void A_tensor_of_the_right_shape_is_returned()
    {
        Assert.Equal("w", File.Require("w", 2, 3).Name);
        Assert.Equal("w", File.Require("w", -1, 3).Name);
        Assert.Equal("w", File.Require("w").Name);
    }

    [Theory]
    [InlineData(new long[] { 3, 2 }, "[3, 2]")]
    [InlineData(new long[] { 6 }, "[6]")]
    [InlineData(new long[] { -1, 2 }, "[any, 2]")]
    public void Another_shape_is_refused_with_both_shapes(long[] shape, string printed)
    {
        var error = Assert.Throws<InvalidFileException>(() => File.Require("w", shape));
        Assert.Equal($"m.safetensors: tensor 'w' has shape [2, 3] where {printed} is needed", error.Message);
    }

    [Fact]
    public void A_missing_tensor_is_refused_with_the_names_there_are() => Assert.Equal(
        "m.safetensors: has no tensor 'b'; it holds w",
        Assert.Throws<InvalidFileException>(() => File.Require("b")).Message);
}
