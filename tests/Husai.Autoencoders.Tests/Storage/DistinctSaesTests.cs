using Husai.Autoencoders.Model;
using Husai.Autoencoders.Storage;
using Husai.Formats.Files;

namespace Husai.Autoencoders.Tests.Storage;

public sealed class DistinctSaesTests : IDisposable
{
    private static readonly string Case = Path.Combine(AppContext.BaseDirectory, "Oracles", "cases", "same-sae");
    private readonly string _root = Directory.CreateTempSubdirectory("husai-distinct").FullName;
    private readonly string _a;
    private readonly string _b;

    public DistinctSaesTests()
    {
        (_a, _b) = (Copy("A", "a"), Copy("B", "b"));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Different_folders_with_different_weights_are_seeds() => Add(false, _a, _b);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_same_folder_is_refused_whatever_path_leads_there(bool allowsEqual)
    {
        var link = Path.Combine(_root, "link");
        Directory.CreateSymbolicLink(link, _a);
        var farLink = Path.Combine(Directory.CreateDirectory(Path.Combine(_root, "far")).FullName, "root");
        Directory.CreateSymbolicLink(farLink, _root);
        foreach (
            var again in (string[])[
                _a, _a + Path.DirectorySeparatorChar, Path.Combine(_b, "..", "a"), link, Path.Combine(farLink, "a"),
                Path.Combine(farLink, "link")])
        {
            var error = Assert.Throws<InvalidFileException>(() => Add(allowsEqual, _b, _a, again));
            Assert.Contains("is not a second seed", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Equal_weights_are_refused_unless_they_are_allowed()
    {
        var copy = Copy("A", "copy");

        var error = Assert.Throws<InvalidFileException>(() => Add(false, _a, _b, copy));

        Assert.Contains($"has the same weights as {_a}", error.Message, StringComparison.Ordinal);
        Assert.Contains("--allow-equal", error.Message, StringComparison.Ordinal);
        Add(true, _a, _b, copy);
    }

    [Fact]
    public void Equal_decoders_with_other_encoders_are_seeds()
    {
        var saved = SaeFolder.Load(_a);
        var encoder = saved.Sae.Encoder.Clone();
        encoder[0, 0] += 1;
        var path = Path.Combine(_root, "pinned");
        SaeFolder.Save(path, new SavedSae(Sae.Standard(
            encoder, saved.Sae.Decoder, saved.Sae.EncoderBias, saved.Sae.DecoderBias)));

        Add(false, _a, path);
    }

    private static void Add(bool allowsEqual, params string[] paths)
    {
        var distinct = new DistinctSaes(allowsEqual);
        foreach (var path in paths)
        {
            distinct.AddPath(path);
            distinct.AddWeights(path, SaeFolder.LoadDirections(path).Decoder);
        }
    }

    private string Copy(string name, string target)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root, target)).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(Case, name)))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        return folder;
    }
}
