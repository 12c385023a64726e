using Husai.Explorer.Saes;

namespace Husai.Explorer.Tests;

public sealed class ContextJobsTests : IDisposable
{
    private readonly StudyOfSaes _study = new(rows: 20_000);

    public void Dispose() => _study.Dispose();

    [Fact]
    public void At_the_end_nothing_is_at_work_any_more()
    {
        string[] saes = [.. Enumerable.Range(0, 3).Select(seed => _study.AddSae(seed))];
        var cache = _study.Beside("cache");
        var jobs = new ContextJobs(_study.Tree, new ContextFolders(cache), threads: 1);
        jobs.Start(saes);
        jobs.Dispose();

        Assert.All(saes, sae => Assert.False(jobs.OfferFor(sae)!.IsAtWork));
        Assert.False(Directory.Exists(cache) && Directory.GetFiles(cache, "lock", SearchOption.AllDirectories).Length > 0);
    }
}
