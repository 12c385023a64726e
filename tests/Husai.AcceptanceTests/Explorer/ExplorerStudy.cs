using Husai.AcceptanceTests.Study;

namespace Husai.AcceptanceTests.Explorer;

/// <summary>A small finished study that tests share and do not change.</summary>
public sealed class ExplorerStudy : IDisposable
{
    private readonly TinyStudy _study = new();
    private readonly Lazy<string> _pages;

    public ExplorerStudy()
    {
        _pages = new(Export);
        _study.Finish("runs/tiny");
    }

    /// <summary>The folder that holds the study's.</summary>
    public string Runs => _study.Folder("runs");

    /// <summary>The study's own folder.</summary>
    public string Folder => Path.Combine(Runs, "tiny");

    /// <summary>
    /// The folder with the pages of one of its configurations as files, two latents of each SAE: <c>husai serve --export</c> wrote them.
    /// </summary>
    public string Pages => _pages.Value;

    /// <summary>Copies the study to where a test may change it.</summary>
    public void CopyTo(string folder) => FolderCopy.Make(Folder, folder);

    public void Dispose() => _study.Dispose();

    private string Export()
    {
        // One configuration is enough.
        var (copy, pages) = (_study.Folder("exported/tiny"), _study.Folder("pages"));
        CopyTo(copy);
        foreach (var folder in Directory.GetDirectories(Path.Combine(copy, "saes/small/seed_0/L0.resid_post")).Order().Skip(1))
        {
            Directory.Delete(folder, recursive: true);
        }

        var result = HusaiProcess.Run("serve", copy, "--export", pages, "--latents", "2");
        Assert.True(result.ExitCode == 0, result.Error);
        return pages;
    }
}

/// <summary>The tests that share the study.</summary>
[CollectionDefinition(Name)]
public sealed class ExplorerStudyTests : ICollectionFixture<ExplorerStudy>
{
    public const string Name = "explorer study";
}
