using Husai.Formats.Tensors;
using Husai.Numerics.Matrices;

namespace Husai.Formats.Tests.Tensors;

public sealed class ContentHashTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_has_the_published_hash_of_abc() => Assert.Equal(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        ContentHash.OfFile(_folder.File("abc", "abc"u8.ToArray())));

    [Fact]
    public void Floats_are_hashed_by_their_little_endian_bytes() =>
        Assert.Equal(
            ContentHash.OfFile(_folder.File("floats", [0, 0, 128, 63, 0, 0, 0, 128])), ContentHash.OfFloats([1f, -0f]));

    [Fact]
    public void The_order_of_tensors_does_not_matter_but_everything_else_does()
    {
        var a = NamedTensor.FromVector("a", [1, 2]);
        var b = NamedTensor.FromVector("b", [3]);
        var hash = ContentHash.Of([a, b]);
        Assert.Equal(hash, ContentHash.Of([b, a]));
        Assert.NotEqual(hash, ContentHash.Of([a]));
        Assert.NotEqual(hash, ContentHash.Of([NamedTensor.FromVector("a", [1, 2], 2, 1), b]));
        Assert.NotEqual(hash, ContentHash.Of([new NamedTensor("a", TensorType.Int32, [2], a.Data), b]));
        Assert.NotEqual(hash, ContentHash.Of([new NamedTensor("c", a.Type, [2], a.Data), b]));
    }

    [Fact]
    public void Matrices_are_hashed_with_their_shapes()
    {
        Assert.NotEqual(ContentHash.OfFloats(new Matrix(2, 3)), ContentHash.OfFloats(new Matrix(3, 2)));
        Assert.Equal(
            ContentHash.OfFloats(new Matrix(2, 4).SliceColumns(0, 2), new Matrix(1, 1)),
            ContentHash.OfFloats(new Matrix(2, 2), new Matrix(1, 1)));
    }
}
