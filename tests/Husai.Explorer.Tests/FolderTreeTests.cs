using Husai.Explorer.Hosting;
using Husai.Explorer.Runs;

namespace Husai.Explorer.Tests;

public sealed class FolderTreeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("husai-tree-");
    private readonly FolderTree _tree;

    public FolderTreeTests()
    {
        Directory.CreateDirectory(Below("shown/study/seed_1"));
        Directory.CreateDirectory(Below("hidden"));
        Directory.CreateSymbolicLink(Below("shown/link"), Below("hidden"));
        _tree = new FolderTree([Below("shown")]);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("shown", "shown")]
    [InlineData("shown/study/seed_1", "shown/study/seed_1")]
    public void A_name_leads_to_its_folder_and_back(string name, string folder)
    {
        Assert.Equal(Below(folder), _tree.FolderOf(name));
        Assert.Equal(name, _tree.NameOf(Below(folder)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hidden")]
    [InlineData("shown/../hidden")]
    [InlineData("shown/..")]
    [InlineData("shown/./study")]
    [InlineData("shown//study")]
    [InlineData("shown/study/")]
    [InlineData("shown/link")]
    [InlineData("shown/study\\seed_1")]
    [InlineData("shown/none")]
    [InlineData("/etc")]
    [InlineData("..")]
    [InlineData("shown/a\0b")]
    public void Nothing_else_is_found(string name) => Assert.Throws<NothingThereException>(() => _tree.FolderOf(name));

    [Fact]
    public void Folders_of_the_same_name_are_told_apart()
    {
        Directory.CreateDirectory(Below("other/shown"));
        var tree = new FolderTree([Below("shown"), Below("other/shown"), Below("shown/")]);

        Assert.Equal(2, tree.Roots.Count());
        Assert.Equal(Below("other/shown"), tree.FolderOf("shown (2)"));
    }

    private string Below(string path) => Path.Combine(_folder.FullName, path);
}
