using Husai.Analysis.Latents;
using Husai.Experiments.Latents;
using Husai.Explorer.Hosting;
using Husai.Explorer.Saes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Husai.Explorer.Tests;

public sealed class SaeViewTests : IDisposable
{
    private readonly StudyOfSaes _study = new();

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Bounds_that_are_no_numbers_are_said()
    {
        var folder = _study.AddSae(0, [.. Enumerable.Range(0, StudyOfSaes.Latents).Select(latent => latent / 20.0)]);

        var page = Read(folder, least: "0,5");
        Assert.Contains("'0,5' is no number", page.Search.Note, StringComparison.Ordinal);
        Assert.Equal(StudyOfSaes.Latents, page.Latents.All);

        var bounded = Read(folder, least: "0.475");
        Assert.Empty(bounded.Search.Note);
        Assert.Equal(10, bounded.Latents.All);
    }

    [Fact]
    public void Bounds_on_frequencies_that_are_not_known_are_said()
    {
        var page = Read(_study.AddSae(0), least: "0.5");

        Assert.Contains("does not say how often", page.Search.Note, StringComparison.Ordinal);
        Assert.Equal(StudyOfSaes.Latents, page.Latents.All);
    }

    [Fact]
    public void Nothing_is_listed_while_the_contexts_are_read()
    {
        var folder = _study.AddSae(0);
        LatentFolderWriter.Write(
            Path.Combine(folder, LatentFolder.UsualName),
            new LatentIndex
            {
                SaeHash = "s",
                SaeLatents = StudyOfSaes.Latents,
                ActivationsHash = "a",
                Rows = 100,
                Tokenizer = "WordPiece",
                Options = new(),
            },
            [
                .. Enumerable.Range(0, StudyOfSaes.Latents).Select(latent => new LatentProfile(
                    latent, 9, 0.25, 1, 2, new ActivationHistogram([1, 2.5f], [9]), [], [])),
            ]);

        Assert.Equal(0, Read(folder, text: "no such text").Latents.All);
    }

    private SaeModel Read(string folder, string text = "", string least = "")
    {
        var contexts = new ContextCache(new ContextFolders(null));
        var view = new SaeView(_study.Tree, new SaeCache(), contexts, new ContextSearch(contexts), TimeSpan.Zero);
        return view.Read(new PageQuery(new QueryCollection(new Dictionary<string, StringValues>
        {
            ["sae"] = _study.Tree.NameOf(folder),
            ["text"] = text,
            ["least"] = least,
        })));
    }
}
