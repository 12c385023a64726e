using System.Text.Json.Nodes;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Storage;
using Husai.Formats.Files;

namespace Husai.Autoencoders.Tests.Storage;

/// <summary>What a folder of matching pursuit must say, and what cannot be read as one.</summary>
public sealed class PursuitFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("husai-pursuit").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Directions_and_steps_are_read_back()
    {
        var sae = TestSaes.Create(SaeArchitecture.MatchingPursuit);
        SaeFolder.Save(_folder, new SavedSae(sae));

        var read = SaeFolder.Load(_folder).Sae;
        Assert.Equal((SaeArchitecture.MatchingPursuit, 5), (read.Architecture, read.K));
        Assert.Equal(sae.Decoder.AsSpan(), SaeFolder.LoadDirections(_folder).Decoder.AsSpan());
    }

    [Theory]
    [InlineData("max_iterations", null, "matching pursuit is supported with a number of steps only")]
    [InlineData("max_iterations", "0", "max_iterations")]
    [InlineData("max_iterations", "41", "41 by 'max_iterations'")]
    [InlineData("max_iterations", "\"five\"", "max_iterations")]
    [InlineData("residual_threshold", "0.01", "matching pursuit is supported with all its steps only")]
    public void A_configuration_of_another_function_is_refused(string key, string? value, string expected)
    {
        SaeFolder.Save(_folder, new SavedSae(TestSaes.Create(SaeArchitecture.MatchingPursuit)));
        var path = Path.Combine(_folder, "cfg.json");
        var root = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        root.Remove(key);
        if (value is not null)
        {
            root[key] = JsonNode.Parse(value);
        }

        File.WriteAllText(path, root.ToJsonString());

        Assert.Contains(expected, Assert.Throws<InvalidFileException>(() => SaeFolder.Load(_folder)).Message, StringComparison.Ordinal);
    }
}
