using Husai.Formats.Files;

namespace Husai.Autoencoders.Tests.Interop;

/// <summary>Files of activations that are unusual but valid, and those that are not.</summary>
public sealed class FoundActivationTests
{
    private const double Expected = -0.11145717;

    [Theory]
    [InlineData("str.npz")]
    [InlineData("obj.npz")]
    [InlineData("f.npz")]
    public void What_lies_beside_the_activations_in_an_archive_does_not_matter(string name) => AssertExpected(name);

    [Theory]
    [InlineData("f.npy")]
    [InlineData("be.npy")]
    public void Column_major_and_big_endian_activations_are_read(string name) => AssertExpected(name);

    [Theory]
    [InlineData("same.npy", 200)]
    [InlineData("zero.npy", 200)]
    [InlineData("row1.npy", 1)]
    public void Rows_without_variance_are_read(string name, int rows) =>
        Assert.Equal(rows, FoundFiles.Evaluate(FoundFiles.At("standard"), Path.Combine("activations", name)).Rows);

    [Theory]
    [InlineData("activations/trunc.npy", "holds 6360 bytes of elements where Float32 of shape [200, 8] needs 6400")]
    [InlineData("activations/lzma.npz", "method 14")]
    [InlineData("activations/dt.pt", "datetime")]
    [InlineData("lfs/lfs.npy", "Git LFS pointer")]
    public void What_cannot_be_read_is_said_once(string name, string reason)
    {
        var message = Assert.Throws<InvalidFileException>(() => FoundFiles.Evaluate(FoundFiles.At("standard"), name)).Message;

        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.True(message.Split("member").Length <= 2, message);
    }

    private static void AssertExpected(string name) =>
        Assert.Equal(Expected, FoundFiles.Evaluate(FoundFiles.At("standard"), Path.Combine("activations", name)).ExplainedVariance, 1e-6);
}
