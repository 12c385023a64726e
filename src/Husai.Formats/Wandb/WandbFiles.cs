using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Husai.Formats.Files;

namespace Husai.Formats.Wandb;

/// <summary>The files beside a W&amp;B transaction log: <c>files/config.yaml</c> and its neighbours.</summary>
/// <remarks>None is flushed to the disk: a training does not wait for what it does not need.</remarks>
internal sealed class WandbFiles
{
    private readonly string _folder;

    public WandbFiles(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
    }

    public void WriteConfiguration(WandbRun run)
    {
        // JSON is YAML but for its floats: each value stands on the line of its key.
        var text = new StringBuilder();
        foreach (var (key, value) in run.Configuration)
        {
            text.Append($"{WandbValue.Quote(key)}:\n    value: {Yaml(value)}\n");
        }

        AtomicFile.WriteText(Path.Combine(_folder, "config.yaml"), text.Length == 0 ? "{}\n" : text.ToString(), flushToDisk: false);
    }

    public void WriteMetadata(WandbRun run, DateTimeOffset start)
    {
        var metadata = new JsonObject
        {
            ["os"] = System.Runtime.InteropServices.RuntimeInformation.OSDescription,
            ["startedAt"] = start.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ"),
            ["program"] = run.Program,
            ["host"] = Environment.MachineName,
            ["cpu_count_logical"] = Environment.ProcessorCount,
        };
        AtomicFile.WriteText(Path.Combine(_folder, "wandb-metadata.json"), metadata.ToJsonString() + "\n", flushToDisk: false);
    }

    public void WriteSummary(IEnumerable<KeyValuePair<string, string>> items)
    {
        var pairs = items.Select(item => $"{WandbValue.Quote(item.Key)}: {item.Value}");
        AtomicFile.WriteText(Path.Combine(_folder, "wandb-summary.json"), $"{{{string.Join(", ", pairs)}}}\n", flushToDisk: false);
    }

    public void AppendOutput(string text) => File.AppendAllText(Path.Combine(_folder, "output.log"), text);

    // YAML 1.1, as PyYAML reads it, takes 1E-08 for text: a float has a point and a signed exponent there.
    private static string Yaml(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject section => $"{{{string.Join(",", section.Select(entry => $"{WandbValue.Quote(entry.Key)}:{Yaml(entry.Value)}"))}}}",
        JsonArray list => $"[{string.Join(",", list.Select(Yaml))}]",
        _ when value.GetValueKind() == JsonValueKind.Number => YamlNumber(value.ToJsonString()),
        _ => value.ToJsonString(),
    };

    private static string YamlNumber(string json)
    {
        var exponent = json.IndexOfAny(['e', 'E']);
        if (exponent < 0)
        {
            return json;
        }

        var (mantissa, power) = (json[..exponent], json[(exponent + 1)..]);
        return $"{mantissa}{(mantissa.Contains('.', StringComparison.Ordinal) ? "" : ".0")}e{(power[0] is '+' or '-' ? "" : "+")}{power}";
    }
}
