using Husai.Formats.Checksums;

namespace Husai.Formats.Tests.Checksums;

public sealed class Crc32Tests
{
    [Fact]
    public void The_check_value_is_that_of_the_standard() => Assert.Equal(0xCBF43926, Crc32.Of("123456789"u8));

    [Fact]
    public void Pieces_of_any_length_give_the_checksum_of_the_whole()
    {
        var data = "The quick brown fox jumps over the lazy dog"u8;
        Assert.Equal(0x414FA339u, Crc32.Of(data));
        for (var cut = 0; cut <= data.Length; cut++)
        {
            Assert.Equal(0x414FA339u, Crc32.Of(data[..cut], data[cut..]));
        }

        Assert.Equal(0x414FA339u, Crc32.Of(new MemoryStream([.. data, 9, 9]), "x", data.Length));
        var many = new byte[(1 << 20) + 77];
        many.AsSpan().Fill(7);
        Assert.Equal(Crc32.Of(many), Crc32.Of(new MemoryStream(many), "x", many.Length));
    }
}
