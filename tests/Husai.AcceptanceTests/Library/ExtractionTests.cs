using Husai.AcceptanceTests.Networks;
using Husai.Autoencoders.Activations;
using Husai.Formats.Files;
using Husai.Formats.Stores;
using Husai.Networks.Extraction;
using Husai.Networks.Sites;

namespace Husai.AcceptanceTests.Library;

/// <summary>Text through a network, from a program.</summary>
public sealed class ExtractionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("husai-extraction-").FullName;

    public ExtractionTests() => TinyNetworkFiles.Write(_folder);

    private ExtractionRequest Request => new()
    {
        Model = At(TinyNetworkFiles.Model),
        Text = At(TinyNetworkFiles.Text),
        Sites = ["resid_post.0"],
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_store_is_that_of_the_command()
    {
        var progress = new List<(long Done, long All)>();
        using (var activations = StoredActivations.Extract(Request, At("ours"), 1, (done, all) => progress.Add((done, all))))
        {
            Assert.Equal(8, activations.Width);
            Assert.Equal((activations.Rows, activations.Rows), progress[^1]);
        }

        Assert.Equal(0, HusaiProcess.Run(
            "activations", "extract", "--model", Request.Model, "--text", Request.Text, "--site", "resid_post.0", "--output",
            At("command")).ExitCode);
        Assert.Equal(StoreDescription.Read(At("command")).Hash, StoreDescription.Read(At("ours")).Hash);
    }

    [Fact]
    public void Sites_are_found() => Assert.Contains(
        NetworkSite.Find(Request.Model, 1), site => site is { Alias: "mlp_hidden.0", Kind: SiteKind.MlpHidden, Layer: 0, Width: 12 });

    [Fact]
    public void What_cannot_be_extracted_leaves_nothing()
    {
        Assert.Contains("not 2", Assert.Throws<ArgumentException>(() => StoredActivations.Extract(
            Request with { Sites = ["resid_post.0", "mlp_hidden.0"] }, At("store"))).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidFileException>(() => StoredActivations.Extract(Request with { Sites = ["nowhere"] }, At("store")));
        Assert.Throws<InvalidFileException>(() => StoredActivations.Extract(Request with { Text = At("none.txt") }, At("store")));
        Assert.False(Directory.Exists(At("store")));
    }

    private string At(string name) => Path.Combine(_folder, name);
}
