using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Husai.Formats;

namespace Husai.Experiments;

/// <summary>
/// Writes <c>metrics.jsonl</c>: one JSON object per line, in the order in which things were logged. Holds no times, so
/// equal runs give equal files.
/// </summary>
/// <remarks>
/// Lines are <c>{"step":5,"loss":0.25}</c>, <c>{"step":5,"histogram":"name","counts":[...],"edges":[...]}</c> and
/// <c>{"summary":{...}}</c>. Values that are not finite are the texts NaN, Infinity and -Infinity. Images are not kept here.
/// Every line reaches the operating system before the call returns.
/// </remarks>
public sealed class MetricsFile : ITracker
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly FileStream _file;

    /// <summary>Starts a file, or goes on with one.</summary>
    /// <param name="path">The file; its folder is created if missing.</param>
    /// <param name="resumeAfter">
    /// The last step that the resumed state has seen: lines of later steps, summaries and a broken last line are dropped, so
    /// that the file ends up as if the run had never stopped. Negative to start afresh.
    /// </param>
    /// <exception cref="IOException">The file cannot be created.</exception>
    public MetricsFile(string path, long resumeAfter = -1)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var kept = resumeAfter < 0 || !File.Exists(path) ? 0 : KeptLength(File.ReadAllBytes(path), resumeAfter);
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, 0);
        _file.SetLength(kept);
        _file.Position = kept;
    }

    /// <inheritdoc/>
    public void Log(long step, IReadOnlyDictionary<string, double> metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        WriteLine(json =>
        {
            json.WriteNumber("step", step);
            WriteValues(json, metrics);
        });
    }

    /// <inheritdoc/>
    public void LogHistogram(long step, string name, ReadOnlySpan<float> values)
    {
        var histogram = new Histogram(values);
        WriteLine(json =>
        {
            json.WriteNumber("step", step);
            json.WriteString("histogram", name);
            json.WriteStartArray("counts");
            Array.ForEach(histogram.Counts, json.WriteNumberValue);
            json.WriteEndArray();
            json.WriteStartArray("edges");
            Array.ForEach(histogram.Edges, json.WriteNumberValue);
            json.WriteEndArray();
        });
    }

    /// <summary>Does nothing: a text file holds no images.</summary>
    public void LogImage(long step, string name, int width, int height, ReadOnlySpan<byte> pixels)
    {
    }

    /// <inheritdoc/>
    public void Summary(IReadOnlyDictionary<string, double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        WriteLine(json =>
        {
            json.WriteStartObject("summary");
            WriteValues(json, values);
            json.WriteEndObject();
        });
    }

    /// <inheritdoc/>
    public void Finish(int exitCode) => _file.Flush(flushToDisk: true);

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private static void WriteValues(Utf8JsonWriter json, IReadOnlyDictionary<string, double> values)
    {
        foreach (var (name, value) in values)
        {
            if (double.IsFinite(value))
            {
                json.WriteNumber(name, value);
            }
            else
            {
                json.WriteString(name, value.ToString("R", CultureInfo.InvariantCulture));
            }
        }
    }

    // Bytes of the leading lines that are whole and belong to steps up to the last one.
    private static long KeptLength(ReadOnlySpan<byte> content, long lastStep)
    {
        var kept = 0;
        while (content[kept..].IndexOf((byte)'\n') is >= 0 and var end && StepOf(content.Slice(kept, end)) <= lastStep)
        {
            kept += end + 1;
        }

        return kept;
    }

    private static long? StepOf(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.TryGetProperty("step", out var step) ? step.GetInt64() : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private void WriteLine(Action<Utf8JsonWriter> write)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line, Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        _file.Write(line.GetBuffer().AsSpan(0, (int)line.Length));
    }
}
