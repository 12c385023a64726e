using Husai.Explorer.Hosting;
using Husai.Explorer.Saes;
using Husai.Numerics.Parallelism;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Husai.Explorer.Tests;

public sealed class LatentViewTests : IDisposable
{
    private readonly StudyOfSaes _study = new();

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Contexts_are_those_of_the_partners_that_a_page_shows()
    {
        string[] folders = [.. Enumerable.Range(0, 6).Select(seed => _study.AddSae(seed))];
        File.WriteAllText(Path.Combine(folders[2], "sae_weights.safetensors"), "half a fi");
        var saes = new SaeCache();
        var view = new LatentView(
            _study.Tree, saes, new FiringCache(_study.Tree, saes, new SharedWorkers(Workers.Alone)), new LogitEffects(_study.Tree),
            new ContextCache(new ContextFolders(null)), null);

        Assert.Equal([folders[1], folders[0], folders[3], folders[4]], view.SaesWithContexts(QueryOf(folders[1], "3")));
        Assert.Throws<NothingThereException>(() => view.SaesWithContexts(QueryOf(folders[1], "20")));
    }

    private PageQuery QueryOf(string folder, string latent) =>
        new(new QueryCollection(new Dictionary<string, StringValues> { ["sae"] = _study.Tree.NameOf(folder), ["latent"] = latent }));
}
