using Husai.Explorer.Export;
using Husai.Explorer.Runs;
using Husai.Explorer.Saes;
using Husai.Numerics.Parallelism;

namespace Husai.Explorer.Tests;

public sealed class StudyExportTests : IDisposable
{
    private readonly StudyOfSaes _study = new();

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Pages_that_only_say_what_is_wrong_are_counted()
    {
        _study.AddSae(0);
        var output = _study.Beside("pages");
        var written = StudyExport.Write(
            new ExportRequest { Study = _study.Folder, Output = output, Latents = 2, Workers = Workers.Alone }, TimeProvider.System,
            TestContext.Current.CancellationToken);

        // The study's configuration is empty. The SAE and its latents have theirs.
        Assert.Equal((4, 1), (written.Pages, written.Problems));
        Assert.Contains(
            "where it is not known how often they fire, the first 2;", File.ReadAllText(Path.Combine(output, "sae-1.html")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_left_out_is_counted_and_takes_part_in_no_pair()
    {
        foreach (var name in (string[])["a/seed_0", "b/seed_0", "c/seed_0", "last/seed_0", "last/seed_1"])
        {
            var folder = Directory.CreateDirectory(Path.Combine(_study.Folder, "saes/small/site", name)).FullName;
            File.WriteAllText(Path.Combine(folder, "cfg.json"), "");
            File.WriteAllText(Path.Combine(folder, "sae_weights.safetensors"), "");
        }

        var plan = new ExportPlan(new FolderTree([_study.Folder]), new SaeCache(), _study.Folder, latents: 0, most: 3);
        Assert.Equal((2, 0), (plan.SaesLeftOut, plan.PairsLeftOut));
        Assert.DoesNotContain(plan.Pages, page => page.File.StartsWith("pair-4-", StringComparison.Ordinal));
        Assert.Equal(1 + 3 + 3 * 2, plan.Pages.Count);
    }
}
