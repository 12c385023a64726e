using Husai.Formats.Files;
using Husai.Formats.Histograms;
using Husai.Formats.TensorBoard;

namespace Husai.Formats.Tests.TensorBoard;

public sealed class TensorBoardEventWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_small_file_has_the_bytes_computed_by_hand()
    {
        using var writer = new TensorBoardEventWriter(_folder.Path, new ManualTime());
        writer.WriteScalar("loss", 7, 0.25f);
        // Length and its checksum, then the event (time, and version or step and summary), then its checksum.
        const string expected =
            "1800000000000000a37f4b22"
            + "0900002040fc54d9411a0d627261696e2e4576656e743a32"
            + "2b353110"
            + "1a00000000000000129bd82d"
            + "0900002040fc54d94110072a0d0a0b0a046c6f7373150000803e"
            + "c576518e";
        Assert.Equal(expected, Convert.ToHexStringLower(Bytes(writer)));
    }

    [Fact]
    public void The_name_is_found_by_tensorboard_and_differs_for_each_writer()
    {
        using var first = new TensorBoardEventWriter(_folder.Path, new ManualTime());
        using var second = new TensorBoardEventWriter(_folder.Path, new ManualTime());
        Assert.StartsWith("events.out.tfevents.1700000000.", Path.GetFileName(first.Path));
        Assert.NotEqual(first.Path, second.Path);
    }

    [Fact]
    public void Histograms_and_scalars_are_read_back()
    {
        using var writer = new TensorBoardEventWriter(_folder.Path, new ManualTime());
        writer.WriteHistogram("weights", 3, new Histogram([0, 1, 2, 2.5f, 4], 4));
        writer.WriteScalar("zero", 0, 0);
        writer.WriteScalar("nan", -1, float.NaN);
        var events = RecordFile.Read(Bytes(writer)).ConvertAll(record => new ProtobufFields(record));
        Assert.Equal(4, events.Count);
        Assert.All(events, entry => Assert.Equal(1_700_000_000.5, entry.Double(1)));
        Assert.Equal("brain.Event:2", events[0].Text(3));

        Assert.Equal(3, events[1].Integer(2));
        var value = events[1].Message(5).Message(1);
        Assert.Equal("weights", value.Text(1));
        var histogram = value.Message(5);
        Assert.Equal(
            [0.0, 4.0, 5.0, 9.5, 27.25], Enumerable.Range(1, 5).Select(histogram.Double));
        Assert.Equal([1.0, 2.0, 3.0, 4.0], histogram.Packed(6));
        Assert.Equal([1.0, 1.0, 2.0, 1.0], histogram.Packed(7));

        Assert.Equal(0f, events[2].Message(5).Message(1).Single(2));
        Assert.Equal(-1, events[3].Integer(2));
        Assert.True(float.IsNaN(events[3].Message(5).Message(1).Single(2)));
    }

    [Fact]
    public void A_file_cut_anywhere_is_readable_up_to_its_last_whole_record()
    {
        using var writer = new TensorBoardEventWriter(_folder.Path, new ManualTime());
        var ends = new List<long> { 0, new FileInfo(writer.Path).Length };
        for (var step = 0; step < 5; step++)
        {
            writer.WriteScalar("a", step, step);
            ends.Add(new FileInfo(writer.Path).Length);
        }

        var bytes = Bytes(writer);
        for (var length = 0; length <= bytes.Length; length++)
        {
            Assert.Equal(ends.FindLastIndex(end => end <= length), RecordFile.Read(bytes.AsSpan(0, length)).Count);
        }
    }

    private static byte[] Bytes(TensorBoardEventWriter writer)
    {
        using var stream = new FileStream(writer.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return InputFile.ReadBytes(stream, writer.Path, stream.Length);
    }
}
