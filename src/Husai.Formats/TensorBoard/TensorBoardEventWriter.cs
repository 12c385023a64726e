using System.Buffers.Binary;
using System.Globalization;
using Husai.Formats.Checksums;
using Husai.Formats.Files;
using Husai.Formats.Histograms;
using Husai.Formats.Protobuf;

namespace Husai.Formats.TensorBoard;

/// <summary>Writes an event file that TensorBoard shows: scalars, histograms and images over steps.</summary>
/// <remarks>
/// The folder is the run. Every record reaches the operating system before the call returns, so a killed process loses none
/// of those it wrote. The format is TensorFlow's record file of <c>Event</c> messages (tensorflow/core/util/event.proto,
/// framework/summary.proto), with the value forms that PyTorch writes too.
/// </remarks>
internal sealed class TensorBoardEventWriter : IDisposable
{
    private static int _count;
    private readonly Stream _file;
    private readonly TimeProvider _time;

    /// <summary>Starts a new event file.</summary>
    /// <param name="folder">The run's folder; created if missing. Other event files in it stay as they are.</param>
    /// <param name="time">The clock for the wall times of the records and for the file's name.</param>
    /// <exception cref="IOException">The file cannot be created.</exception>
    public TensorBoardEventWriter(string folder, TimeProvider time)
        : this(folder, time, NewFile.Create)
    {
    }

    internal TensorBoardEventWriter(string folder, TimeProvider time, Func<string, Stream> create)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        var seconds = time.GetUtcNow().ToUnixTimeSeconds().ToString("D10", CultureInfo.InvariantCulture);
        var name = $"events.out.tfevents.{seconds}.{Environment.MachineName}.{Environment.ProcessId}.{Interlocked.Increment(ref _count)}";
        Directory.CreateDirectory(folder);
        Path = System.IO.Path.Combine(folder, name);
        _file = create(Path);
        WriteEvent(0, new ProtobufMessage().Add(3, "brain.Event:2"));
    }

    /// <summary>The event file.</summary>
    public string Path { get; }

    /// <summary>Writes one number.</summary>
    /// <param name="tag">The name of the curve; a slash makes a group.</param>
    /// <param name="step">The position on it.</param>
    /// <param name="value">The number; NaN and infinities are shown as gaps.</param>
    public void WriteScalar(string tag, long step, float value) =>
        WriteValue(step, new ProtobufMessage().Add(1, RequireTag(tag)).AddAlways(2, value));

    /// <summary>Writes the distribution of many numbers.</summary>
    public void WriteHistogram(string tag, long step, Histogram histogram)
    {
        ArgumentNullException.ThrowIfNull(histogram);
        var message = new ProtobufMessage()
            .Add(1, histogram.Minimum)
            .Add(2, histogram.Maximum)
            .Add(3, (double)histogram.Count)
            .Add(4, histogram.Sum)
            .Add(5, histogram.SumOfSquares)
            .AddPacked(6, histogram.Edges.AsSpan(1))
            .AddPacked(7, Array.ConvertAll(histogram.Counts, count => (double)count));
        WriteValue(step, new ProtobufMessage().Add(1, RequireTag(tag)).Add(5, message));
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private static string RequireTag(string tag)
    {
        ArgumentException.ThrowIfNullOrEmpty(tag);
        return tag;
    }

    private void WriteValue(long step, ProtobufMessage value) =>
        WriteEvent(step, new ProtobufMessage().Add(5, new ProtobufMessage().Add(1, value)));

    private void WriteEvent(long step, ProtobufMessage content)
    {
        var wallTime = (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
        var head = new ProtobufMessage().Add(1, wallTime).Add(2, step);
        _file.Write(Frame([.. head.Bytes, .. content.Bytes]));
    }

    // uint64 length | its checksum | data | its checksum
    private static byte[] Frame(ReadOnlySpan<byte> data)
    {
        var frame = new byte[12 + data.Length + 4];
        BinaryPrimitives.WriteInt64LittleEndian(frame, data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(8), MaskedCrc32C.Of(frame.AsSpan(0, 8)));
        data.CopyTo(frame.AsSpan(12));
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(12 + data.Length), MaskedCrc32C.Of(data));
        return frame;
    }
}
