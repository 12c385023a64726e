using System.Text.Json;
using Husai.AcceptanceTests.Documentation;
using Husai.Cli.Hosting;
using Husai.Networks.Tests;

namespace Husai.AcceptanceTests.Study;

/// <summary>The study of docs/results-networks.md on a few rows, with the network and the text that the repository speaks of.</summary>
public sealed class MiniLmStudyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("husai-minilm-study-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void From_network_and_text_to_the_page()
    {
        Assert.True(File.Exists(MiniLm.Model));
        string[] smaller =
        [
            "networks.0.max_rows=20000", "networks.0.sites=[resid_post.5]", "seeds=[1,2]", "analyses.comparisons=[]",
            "analyses.splice_rows=100",
            .. Enumerable.Range(0, 2).SelectMany(sae => (string[])
                [$"saes.{sae}.options.latents=48", $"saes.{sae}.options.k=4", $"saes.{sae}.options.batch_size=128"]),
        ];
        var page = Path.Combine(_folder, "page.md");
        var result = HusaiProcess.Run(
        [
            "study", "run", Path.Combine(RepositoryFolder.Path, "configs", "studies", "minilm.yaml"), "--output",
            Path.Combine(_folder, "run"), "--results", page, .. smaller.SelectMany(assignment => (string[])["--set", assignment]),
        ]);

        Assert.True(result.ExitCode == ExitCode.Success, result.Error);
        using var summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "run", "summary.json")));
        var names = summary.RootElement.GetProperty("configurations").EnumerateArray()
            .Select(configuration => configuration.GetProperty("name").GetString());
        Assert.Equal(["batchtopk", "matryoshka", "batchtopk @ randomised", "matryoshka @ randomised"], names);
        var text = File.ReadAllText(page);
        Assert.StartsWith("# Results on networks\n", text, StringComparison.Ordinal);
        Assert.Contains("| minilm+randomised | permuted |", text, StringComparison.Ordinal);
        Assert.Contains("## Do seeds agree as much on a network that has learnt nothing?", text, StringComparison.Ordinal);
        Assert.Contains("## Do matched latents do the same?", text, StringComparison.Ordinal);
        Assert.Contains("## What do reconstructions leave of the output?", text, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder, "figures", "network-agreement.svg")));
    }
}
