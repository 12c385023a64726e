using System.Runtime.InteropServices;
using Husai.Formats.Protobuf;

namespace Husai.Formats.Wandb;

/// <summary>Builds the records of a W&amp;B transaction log (wandb/proto/wandb_internal.proto).</summary>
/// <remarks>Each method returns the content of the record type; the numbers are the fields of <c>Record</c>.</remarks>
internal static class WandbRecords
{
    public const int History = 2;
    public const int Summary = 3;
    public const int Telemetry = 11;
    public const int Metric = 12;
    public const int OutputRaw = 13;
    public const int Run = 17;
    public const int Exit = 18;
    public const int Final = 20;
    public const int Header = 21;
    public const int Footer = 22;
    public const int Environment = 26;

    public static ProtobufMessage MakeHeader(string version) =>
        new ProtobufMessage().Add(1, new ProtobufMessage().Add(1, version));

    public static ProtobufMessage MakeRun(WandbRun run, DateTimeOffset start)
    {
        var configuration = new ProtobufMessage();
        foreach (var (key, value) in run.Configuration)
        {
            configuration.Add(1, MakeItem(key, value?.ToJsonString() ?? "null"));
        }

        var message = new ProtobufMessage()
            .Add(1, run.Id)
            .Add(2, run.Entity)
            .Add(3, run.Project)
            .Add(4, configuration)
            .Add(6, run.Group)
            .Add(7, run.JobType)
            .Add(8, run.Name ?? run.Id)
            .Add(9, run.Notes);
        foreach (var tag in run.Tags)
        {
            message.Add(10, tag);
        }

        return message.Add(13, System.Environment.MachineName).Add(17, start).Add(19, MakeTelemetry());
    }

    public static ProtobufMessage MakeTelemetry() => new ProtobufMessage().Add(13, RuntimeInformation.RuntimeIdentifier);

    public static ProtobufMessage MakeEnvironment(WandbRun run, DateTimeOffset start) => new ProtobufMessage()
        .Add(1, RuntimeInformation.OSDescription)
        .Add(3, start)
        .Add(6, run.Program)
        .Add(12, System.Environment.MachineName)
        .Add(17, System.Environment.ProcessorCount)
        .Add(199, run.Id);

    /// <summary>
    /// Says that a metric exists. How it is summed up is not said: W&amp;B then takes its last value as it is, and else an object.
    /// </summary>
    public static ProtobufMessage MakeMetric(string name) => new ProtobufMessage()
        .Add(1, name)
        .Add(6, new ProtobufMessage().Add(3, true));

    public static ProtobufMessage MakeHistory(long step, IEnumerable<KeyValuePair<string, string>> items) =>
        MakeItems(items).Add(2, new ProtobufMessage().Add(1, step));

    public static ProtobufMessage MakeItems(IEnumerable<KeyValuePair<string, string>> items)
    {
        var message = new ProtobufMessage();
        foreach (var (key, json) in items)
        {
            message.Add(1, MakeItem(key, json));
        }

        return message;
    }

    public static ProtobufMessage MakeOutput(DateTimeOffset time, string line, bool isError) =>
        new ProtobufMessage().Add(1, isError ? 0 : 1).Add(2, time).Add(3, line);

    public static ProtobufMessage MakeExit(int exitCode, TimeSpan runtime) =>
        new ProtobufMessage().Add(1, exitCode).Add(2, (long)runtime.TotalSeconds);

    private static ProtobufMessage MakeItem(string key, string json) => new ProtobufMessage().Add(1, key).Add(16, json);
}
