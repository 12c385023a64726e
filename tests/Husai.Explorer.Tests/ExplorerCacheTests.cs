using Husai.Explorer.Hosting;

namespace Husai.Explorer.Tests;

public sealed class ExplorerCacheTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("husai-cache-");

    public ExplorerCacheTests()
    {
        Directory.CreateDirectory(Below("shown/study"));
        Directory.CreateSymbolicLink(Below("link"), Below("shown"));
        Directory.CreateSymbolicLink(Below("through"), Below("link/study"));
        Directory.CreateDirectory(Below("far/deep"));
        Directory.CreateSymbolicLink(Below("far/deep/up"), "../../shown");
        Directory.CreateSymbolicLink(Below("near"), "far/deep");
        Directory.CreateSymbolicLink(Below("nothing"), Below("shown/none"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("shown", true)]
    [InlineData("shown/study/cache", true)]
    [InlineData("shown/", true)]
    [InlineData("link/cache", true)]
    [InlineData("through/cache", true)]
    [InlineData("near/up/cache", true)]
    [InlineData("near/cache", false)]
    [InlineData("nothing", true)]
    [InlineData("other/../shown/cache", true)]
    [InlineData("shown2", false)]
    [InlineData("other", false)]
    public void It_is_seen_to_lie_in_a_shown_folder(string cache, bool lies)
    {
        Assert.Equal(lies, ExplorerCache.LiesIn(Below(cache), [Below("shown")]));
        Assert.Equal(lies, ExplorerCache.LiesIn(Below(cache), [Below("link/")]));
        Assert.True(ExplorerCache.LiesIn(Below(cache), ["/"]));
    }

    private string Below(string path) => Path.Combine(_folder.FullName, path);
}
