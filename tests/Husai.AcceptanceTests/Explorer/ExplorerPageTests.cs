using System.Net;
using Husai.Cli.Hosting;

namespace Husai.AcceptanceTests.Explorer;

/// <summary>The pages of <c>husai serve</c>, as a browser without scripts sees them.</summary>
[Collection(ExplorerStudyTests.Name)]
public sealed class ExplorerPageTests(ExplorerStudy study)
{
    [Fact]
    public void Links_lead_from_the_runs_to_a_latent_and_to_its_partner()
    {
        var before = Files();
        using var explorer = new ExplorerProcess(study.Runs);
        var runs = explorer.Page("/");
        Assert.Contains("complete", runs, StringComparison.Ordinal);

        var studyPage = explorer.Page(ExplorerProcess.Links(runs, "/study?")[0]);
        Assert.Contains("Verdict", studyPage, StringComparison.Ordinal);
        Assert.Contains("topk", studyPage, StringComparison.Ordinal);

        var pair = explorer.Page(ExplorerProcess.Links(studyPage, "/pair?")[0]);
        Assert.Contains("matched both ways", pair, StringComparison.Ordinal);
        Assert.Contains("<svg", pair, StringComparison.Ordinal);

        var latent = explorer.Page(ExplorerProcess.Links(pair, "/latent?")[0]);
        Assert.Contains("Map over (a, b)", latent, StringComparison.Ordinal);
        Assert.Contains("decoder norm", latent, StringComparison.Ordinal);

        var partner = explorer.Page(ExplorerProcess.Links(latent, "/latent?").First(link => Sae(link) != SaeOfPage(latent)));
        Assert.Contains("Partners in the other seeds", partner, StringComparison.Ordinal);

        var sae = explorer.Page(ExplorerProcess.Links(partner, "/sae?")[0]);
        Assert.Contains("firing frequency", sae, StringComparison.Ordinal);
        Assert.Contains("<svg", explorer.Page(ExplorerProcess.Links(sae, "/training?")[0]), StringComparison.Ordinal);
        Assert.Equal(before, Files());
        Assert.Equal(ExitCode.Success, explorer.Interrupt().ExitCode);
    }

    [Fact]
    public void A_table_is_sorted_and_searched_by_its_address()
    {
        using var explorer = new ExplorerProcess(study.Runs);
        var page = explorer.Page("/study?run=runs%2Ftiny");
        var byStability = ExplorerProcess.Links(page, "/study?").First(link => link.Contains("sort=6", StringComparison.Ordinal));
        var sorted = explorer.Page(byStability);

        Assert.Contains("aria-sort=\"descending\"", sorted, StringComparison.Ordinal);
        Assert.Contains("order=asc", byStability.Replace("desc", "asc", StringComparison.Ordinal), StringComparison.Ordinal);
        var sae = ExplorerProcess.Links(page, "/sae?")[0];
        Assert.Contains(">none of them", explorer.Page($"{sae}&filter=no+such+text"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Trainings_are_laid_over_each_other_on_logarithmic_axes()
    {
        using var explorer = new ExplorerProcess(study.Runs);
        var page = explorer.Page("/study?run=runs%2Ftiny");
        var training = explorer.Page(
            ExplorerProcess.Links(page, "/training?").First(link => link.Contains("saes", StringComparison.Ordinal)));
        var both = explorer.Page(
            ExplorerProcess.Links(training, "/training?").First(link => link.Split("run=").Length == 3));
        var logarithmic = ExplorerProcess.Links(both, "/training?").First(link => link.Contains("steps=log", StringComparison.Ordinal));

        Assert.Contains("2 trainings", both, StringComparison.Ordinal);
        Assert.Contains("<svg", explorer.Page(logarithmic), StringComparison.Ordinal);
        var transformer = ExplorerProcess.Links(page, "/training?").First(link => link.Contains("transformers", StringComparison.Ordinal));
        Assert.Contains("accuracy", explorer.Page(transformer), StringComparison.Ordinal);
    }

    [Fact]
    public void An_export_holds_pages_whose_links_lead_to_files_alone()
    {
        var names = Directory.GetFiles(study.Pages).Select(Path.GetFileName).ToHashSet();
        foreach (var page in names.Where(name => name!.EndsWith(".html", StringComparison.Ordinal)))
        {
            var text = File.ReadAllText(Path.Combine(study.Pages, page!));
            Assert.All(
                ExplorerProcess.Links(text, "").Where(link => !link.StartsWith("data:", StringComparison.Ordinal)),
                link => Assert.True(names.Contains(link), $"{page}: {link}"));
            Assert.DoesNotContain("action=", text, StringComparison.Ordinal);
            Assert.DoesNotContain("src=\"/", text, StringComparison.Ordinal);
            Assert.DoesNotContain("http-equiv", text, StringComparison.Ordinal);
        }

        // Three SAEs, two latents of each.
        Assert.Equal(6, names.Count(name => name!.Contains("-latent-", StringComparison.Ordinal)));
        var again = HusaiProcess.Run("serve", study.Folder, "--export", study.Pages);
        Assert.Equal(ExitCode.BadInput, again.ExitCode);
        Assert.Contains("is there already", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_export_that_cannot_be_written_leaves_nothing()
    {
        var inside = Path.Combine(study.Folder, "pages");
        foreach (var arguments in (string[][])
            [
                [study.Runs, "--export", inside], [study.Folder, "--export", inside], [study.Folder, "--latents", "3"],
                [study.Folder, study.Folder, "--export", inside], [study.Folder, "--export", inside, "--open"],
            ])
        {
            var result = HusaiProcess.Run(["serve", .. arguments]);

            Assert.Equal(ExitCode.BadInput, result.ExitCode);
            Assert.Equal(1, result.Error.Count(letter => letter == '\n'));
            Assert.Empty(Directory.GetFileSystemEntries(study.Folder, "pages*"));
        }
    }

    [Fact]
    public void What_is_not_there_is_not_found()
    {
        using var explorer = new ExplorerProcess(study.Runs);
        foreach (var link in (string[])
            [
                "/latent?sae=runs%2Ftiny&latent=0", "/latent?sae=&latent=", "/study?run=runs", "/study", "/training",
                "/training?run=runs%2Ftiny", "/pair?first=runs%2Ftiny", "/none",
            ])
        {
            Assert.True(explorer.Get(link).Code == HttpStatusCode.NotFound, link);
        }
    }

    private static string Sae(string link) => link[..link.IndexOf('&', StringComparison.Ordinal)];

    private static string SaeOfPage(string latent) =>
        Sae(ExplorerProcess.Links(latent, "/latent?")[0]);

    private string[] Files() =>
    [
        .. new DirectoryInfo(study.Runs).EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
            .Select(entry => $"{entry.FullName} {(entry as FileInfo)?.Length} {entry.LastWriteTimeUtc:O}").Order(StringComparer.Ordinal),
    ];
}
