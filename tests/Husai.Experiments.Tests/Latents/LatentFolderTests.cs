using Husai.Analysis.Latents;
using Husai.Experiments.Latents;
using Husai.Formats.Files;

namespace Husai.Experiments.Tests.Latents;

public sealed class LatentFolderTests : IDisposable
{
    private static readonly LatentIndex Index = new()
    {
        SaeHash = "s",
        SaeLatents = 9,
        ActivationsHash = "a",
        Rows = 100,
        Tokenizer = "WordPiece",
        Options = new(),
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("husai-latent-folder").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void One_latent_comes_back_without_the_others()
    {
        LatentFolderWriter.Write(_folder, Index, [Profile(2), Profile(7)]);
        var folder = LatentFolder.Open(_folder);
        Assert.Equal([2, 7], folder.Index.Latents.Select(entry => entry.Latent));
        Assert.Equal(0.25, folder.Index.Latents[1].FiringFrequency);
        Assert.Null(folder.Read(3));
        var read = folder.Read(7)!;
        Assert.Equal(7, read.Latent);
        Assert.Equal(["ü", "<b>"], read.Top[0].Tokens!);
        Assert.Equal([0f, 0.1f], read.Top[0].Activations);
        Assert.Null(read.Samples[0].TokenIds);
        Assert.Equal([4, 5], read.Samples[0].Inputs!);
        Assert.Equal([1f, 1.25f], read.Histogram.Edges);
    }

    [Fact]
    public void The_same_profiles_give_the_same_files_and_others_take_their_place()
    {
        LatentFolderWriter.Write(_folder, Index, [Profile(2)]);
        var files = Directory.GetFiles(_folder).ToDictionary(path => path, File.ReadAllBytes);
        LatentFolderWriter.Write(_folder, Index, [Profile(2)]);
        Assert.Equal(files.Keys.Order(), Directory.GetFiles(_folder).Order());
        Assert.All(files, file => Assert.Equal(file.Value, File.ReadAllBytes(file.Key)));

        Assert.Throws<InvalidFileException>(() => LatentFolderWriter.RequireFree(_folder, replaces: false));
        LatentFolderWriter.RequireFree(_folder, replaces: true);
        LatentFolderWriter.Write(_folder, Index, [Profile(2), Profile(3)]);
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
        Assert.NotNull(LatentFolder.Open(_folder).Read(3));
    }

    [Fact]
    public void A_writing_that_is_ended_leaves_what_was_there()
    {
        LatentFolderWriter.Write(_folder, Index, [Profile(2)]);
        using var ended = new CancellationTokenSource();
        ended.Cancel();
        Assert.Throws<OperationCanceledException>(() => LatentFolderWriter.Write(_folder, Index, [Profile(3)], ended.Token));
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
        Assert.NotNull(LatentFolder.Open(_folder).Read(2));
    }

    [Theory]
    [InlineData("husai latent profiles", "another format", "is no index of latents")]
    [InlineData("\"version\":1", "\"version\":2", "is of version 2; version 1 can be read")]
    [InlineData("\"start\":0", "\"start\":9999", "contradicts itself")]
    [InlineData("\"file\":\"", "\"file\":\"../", "contradicts itself")]
    [InlineData("\"latents\":[", "\"latents\":[{}, ", "is damaged")]
    [InlineData("}]}", "}]", "is damaged")]
    public void A_damaged_index_is_refused(string from, string to, string message)
    {
        LatentFolderWriter.Write(_folder, Index, [Profile(2), Profile(3)]);
        var path = Path.Combine(_folder, LatentIndex.FileName);
        File.WriteAllText(path, File.ReadAllText(path).Replace(from, to, StringComparison.Ordinal));
        Assert.Contains(message, Assert.Throws<InvalidFileException>(() => LatentFolder.Open(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_file_of_profiles_is_refused()
    {
        LatentFolderWriter.Write(_folder, Index, [Profile(2), Profile(3)]);
        var path = Directory.GetFiles(_folder, "*.jsonl").Single();
        var whole = File.ReadAllText(path);
        void AssertRefused(string content, string message)
        {
            File.WriteAllText(path, content);
            var error = Assert.Throws<InvalidFileException>(() => LatentFolder.Open(_folder).Read(3));
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
        }

        AssertRefused(whole[..^1], "bytes where");
        AssertRefused(whole.Replace("\"latent\":3", "\"latent\":4", StringComparison.Ordinal), "holds another latent where 3 is due");
        AssertRefused(whole.Replace("{\"latent\":3", "x\"latent\":3", StringComparison.Ordinal), "is damaged where latent 3 is due");
        File.Delete(path);
        Assert.Throws<InvalidFileException>(() => LatentFolder.Open(_folder).Read(3));
    }

    [Fact]
    public void An_excerpt_is_a_line_with_its_token_in_brackets()
    {
        var excerpt = new Excerpt(9, 1, 2, [0, 0, 1, 0])
        {
            TokenIds = [1, 2, 3, 4],
            Tokens = ["the", "gui", "##tar", "plays"],
        };
        Assert.Equal("the gui[tar] plays", ExcerptText.Of(excerpt, "WordPiece"));
        Assert.Equal("gui[tar] plays", ExcerptText.Of(excerpt, "WordPiece", reach: 1));
        Assert.Equal("The [cat] sat", ExcerptText.Of(
            excerpt with { TokenIds = [1, 2, 3], Peak = 1, Tokens = ["The", " cat", " sat"] }, "byte-level BPE"));
        Assert.Equal("1 2 [3] 4", ExcerptText.Of(excerpt with { Tokens = null }, null));
        Assert.Equal("row 9", ExcerptText.Of(excerpt with { TokenIds = null }, null));
        Assert.Equal("a = 3, b = 4", ExcerptText.Of(excerpt with { Inputs = [3, 4] }, null));
    }

    private static LatentProfile Profile(int latent) => new(
        latent, 25, 0.25, 0.5, 1.2f, new ActivationHistogram([1f, 1.25f], [25]),
        [new Excerpt(4, 0.1f, 1, [0, 0.1f]) { Document = 3, Position = 1, TokenIds = [8, 9], Tokens = ["ü", "<b>"] }],
        [new Excerpt(5, 1.2f, 0, [1.2f]) { Inputs = [4, 5] }]);
}
