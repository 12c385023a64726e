using System.Text.Json;
using Husai.Formats.Tensors;

namespace Husai.Formats.Tests;

/// <summary>The files that NumPy and PyTorch wrote (tests/Oracles/make_format_files.py), and what they hold.</summary>
internal static class Oracle
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Oracles", "formats");
    private static readonly JsonElement Expected =
        JsonDocument.Parse(System.IO.File.ReadAllBytes(Path.Combine(Folder, "expected.json"))).RootElement;

    public static string File(string name) => Path.Combine(Folder, name);

    public static IEnumerable<string> Names(string extension) => Expected.EnumerateObject()
        .Select(property => property.Name).Where(name => name.EndsWith(extension, StringComparison.Ordinal));

    public static Dictionary<string, string> Metadata(string name) => Expected.GetProperty(name + ".metadata")
        .EnumerateObject().ToDictionary(property => property.Name, property => property.Value.GetString()!);

    public static void AssertEqual(string name, IReadOnlyDictionary<string, NamedTensor> tensors)
    {
        var expected = Expected.GetProperty(name);
        Assert.Equal(expected.EnumerateObject().Select(property => property.Name).Order(), tensors.Keys.Order());
        foreach (var property in expected.EnumerateObject())
        {
            var tensor = tensors[property.Name];
            Assert.Equal(property.Value.GetProperty("type").GetString(), tensor.Type.ToString().ToLowerInvariant());
            Assert.Equal(
                property.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()), tensor.Shape);
            var values = property.Value.GetProperty("values").EnumerateArray().Select(value => value.GetDouble());
            Assert.Equal(
                values, tensor.Type.IsFloat() ? tensor.ToDoubles() : tensor.ToInt64s().Select(value => (double)value));
        }
    }
}
