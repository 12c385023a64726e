using System.Text.Json;
using System.Text.Json.Nodes;
using Husai.Formats.Files;

namespace Husai.Autoencoders.Interop;

/// <summary>Configurations for other libraries.</summary>
internal static class ExportJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    public static void Write(string path, JsonObject root) => AtomicFile.WriteText(path, root.ToJsonString(Indented) + "\n");
}
