using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Husai.Formats.Files;
using Husai.Formats.Protobuf;

namespace Husai.Formats.Wandb;

/// <summary>
/// Writes a run that Weights &amp; Biases takes later (<c>wandb sync</c>): no account and no network are needed meanwhile.
/// </summary>
/// <remarks>
/// Every record reaches the operating system before the call returns, so a killed process leaves a run that can be synced
/// up to its last record. Use from one thread at a time.
/// </remarks>
internal sealed class WandbOfflineWriter : IDisposable
{
    private readonly SortedDictionary<string, string> _summary = new(StringComparer.Ordinal);
    private readonly HashSet<string> _metrics = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _start;
    private readonly WandbFiles _files;
    private readonly WandbLog _log;
    private long _records;
    private long _lastStep = -1;
    private bool _finished;

    /// <summary>Starts a run.</summary>
    /// <param name="folder">Where runs are kept; the run is written to <c>wandb/offline-run-TIME-ID</c> below it.</param>
    /// <param name="run">Its names and configuration.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentException">The id is not eight characters of a-z and 0-9.</exception>
    /// <exception cref="IOException">The run exists already, or the files cannot be created.</exception>
    public WandbOfflineWriter(string folder, WandbRun run, TimeProvider time)
        : this(folder, run, time, NewFile.Create)
    {
    }

    internal WandbOfflineWriter(string folder, WandbRun run, TimeProvider time, Func<string, Stream> create)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(time);
        if (run.Id.Length != 8 || !run.Id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)))
        {
            throw new ArgumentException($"'{run.Id}' is not eight characters of a-z and 0-9", nameof(run));
        }

        _time = time;
        _start = time.GetUtcNow();
        var local = time.GetLocalNow().ToString("yyyyMMdd_HHmmss", CultureInfo.InvariantCulture);
        Folder = Path.Combine(folder, "wandb", $"offline-run-{local}-{run.Id}");
        _files = new WandbFiles(Path.Combine(Folder, "files"));
        _log = new WandbLog(create(Path.Combine(Folder, $"run-{run.Id}.wandb")));
        _files.WriteConfiguration(run);
        _files.WriteMetadata(run, _start);
        var version = typeof(WandbOfflineWriter).Assembly.GetName().Version!.ToString(3);
        Write(WandbRecords.Header, WandbRecords.MakeHeader(version));
        Write(WandbRecords.Run, WandbRecords.MakeRun(run, _start));
        Write(WandbRecords.Environment, WandbRecords.MakeEnvironment(run, _start));
        Write(WandbRecords.Telemetry, WandbRecords.MakeTelemetry());
    }

    /// <summary>The run's folder.</summary>
    public string Folder { get; }

    /// <summary>An id for a run: the same text gives the same id.</summary>
    public static string MakeId(string text)
    {
        const string digits = "abcdefghijklmnopqrstuvwxyz0123456789";
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return string.Concat(hash.Take(8).Select(value => digits[value % digits.Length]));
    }

    /// <summary>Writes the values of one step; they become the summary's values too.</summary>
    /// <param name="step">The step, larger than that of the last call.</param>
    /// <param name="values">The values by name.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is not larger than the last one.</exception>
    public void WriteHistory(long step, IReadOnlyDictionary<string, WandbValue> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(step, _lastStep);
        _lastStep = step;
        var items = values.ToDictionary(pair => pair.Key, pair => pair.Value.Json, StringComparer.Ordinal);
        foreach (var name in items.Keys.Where(_metrics.Add))
        {
            Write(WandbRecords.Metric, WandbRecords.MakeMetric(name));
        }

        var now = _time.GetUtcNow();
        items["_step"] = $"{step}";
        items["_timestamp"] = WandbValue.Print((now - DateTimeOffset.UnixEpoch).TotalSeconds);
        items["_runtime"] = WandbValue.Print((now - _start).TotalSeconds);
        Write(WandbRecords.History, WandbRecords.MakeHistory(step, items));
        WriteSummaryItems(items);
    }

    /// <summary>Sets values of the summary that are not the last of the history.</summary>
    public void WriteSummary(IReadOnlyDictionary<string, WandbValue> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        WriteSummaryItems(values.ToDictionary(pair => pair.Key, pair => pair.Value.Json, StringComparer.Ordinal));
    }

    /// <summary>Writes what the program printed.</summary>
    /// <param name="text">The text, with its line ends.</param>
    /// <param name="isError">Whether it went to standard error.</param>
    public void WriteOutput(string text, bool isError = false)
    {
        Write(WandbRecords.OutputRaw, WandbRecords.MakeOutput(_time.GetUtcNow(), text, isError));
        _files.AppendOutput(text);
    }

    /// <summary>Ends the run; nothing can be written after it.</summary>
    /// <param name="exitCode">0 for success.</param>
    public void Finish(int exitCode)
    {
        var runtime = _time.GetUtcNow() - _start;
        WriteSummaryItems([new("_wandb", $$"""{"runtime":{{(long)runtime.TotalSeconds}}}""")]);

        // Only now: the log has the items too, and to replace an earlier file can make the file system write it out first.
        _files.WriteSummary(_summary);
        Write(WandbRecords.Exit, WandbRecords.MakeExit(exitCode, runtime));
        Write(WandbRecords.Final, new ProtobufMessage());
        Write(WandbRecords.Footer, new ProtobufMessage());
        _finished = true;
        _log.Dispose();
    }

    /// <summary>Closes the files. Without <see cref="Finish"/> the run counts as crashed.</summary>
    public void Dispose() => _log.Dispose();

    private void WriteSummaryItems(IEnumerable<KeyValuePair<string, string>> items)
    {
        var updates = items.ToList();
        foreach (var (key, json) in updates)
        {
            _summary[key] = json;
        }

        Write(WandbRecords.Summary, WandbRecords.MakeItems(updates));
    }

    private void Write(int type, ProtobufMessage content)
    {
        if (_finished)
        {
            throw new InvalidOperationException("the run is finished");
        }

        // Record: num = 1, and the content under the field of its type.
        _log.Write(new ProtobufMessage().Add(1, ++_records).Add(type, content).Bytes);
    }
}
