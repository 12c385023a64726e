using Husai.Formats.Files;
using Husai.Formats.Wandb;

namespace Husai.Formats.Tests.Wandb;

public sealed class WandbLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_small_file_has_the_bytes_computed_by_hand() => Assert.Equal(
        "3a572642e1be001bdf05a5000001a9209d53030001616263", Convert.ToHexStringLower(Write([[], "abc"u8.ToArray()])));

    [Theory]
    [InlineData(32768 - 7 - 7)]
    [InlineData(32768 - 7 - 7 - 1)]
    [InlineData(32768 - 7 - 7 - 6)]
    [InlineData(32768 - 7 - 7 - 7)]
    [InlineData(32768 - 7 - 7 - 8)]
    [InlineData(32768 - 7)]
    [InlineData(32768)]
    [InlineData(70_000)]
    [InlineData(200_000)]
    public void Records_at_and_over_the_edges_of_blocks_are_read_back(int length)
    {
        byte[][] records = [Filled(length, 1), Filled(5, 2), [], Filled(32761, 3), Filled(1, 4)];
        Assert.Equal(records, WandbLogFile.Read(Write(records)));
    }

    [Fact]
    public void A_file_cut_anywhere_is_readable_up_to_its_last_whole_record()
    {
        byte[][] records = [Filled(20, 1), Filled(32768, 2), Filled(40, 3)];
        var bytes = Write(records);
        var seen = new List<int>();
        for (var length = 0; length <= bytes.Length; length++)
        {
            // Near the edges every byte, in the long middle every two thousandth.
            if (length is > 200 and < 32700 && length % 2000 != 0)
            {
                continue;
            }

            var read = WandbLogFile.Read(bytes.AsSpan(0, length));
            Assert.Equal(records.Take(read.Count), read);
            seen.Add(read.Count);
        }

        Assert.Equal(seen.Order(), seen);
        Assert.Equal([0, 1, 2, 3], seen.Distinct());
    }

    [Fact]
    public void An_existing_log_is_never_overwritten()
    {
        Write([]);
        Assert.Throws<IOException>(() => new WandbLog(NewFile.Create(_folder.File("log.wandb"))));
    }

    private static byte[] Filled(int length, byte value) => [.. Enumerable.Repeat(value, length)];

    private byte[] Write(byte[][] records)
    {
        using (var log = new WandbLog(NewFile.Create(_folder.File("log.wandb"))))
        {
            foreach (var record in records)
            {
                log.Write(record);
            }
        }

        return File.ReadAllBytes(_folder.File("log.wandb"));
    }
}
