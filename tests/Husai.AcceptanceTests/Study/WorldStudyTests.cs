using System.Text.Json;
using Husai.Cli.Hosting;
using static Husai.AcceptanceTests.BadInput;

namespace Husai.AcceptanceTests.Study;

/// <summary>A study on a world, of seconds.</summary>
public sealed class WorldStudyTests : IDisposable
{
    private const string World =
        "{features: 24, width: 12, probabilities: {smallest: 0.02}, means: {start: 3}, deviations: {start: 0.3}, "
        + "trees: {roots: 2, children: 2, max_depth: 1}, dictionary: {orthogonalisation_steps: 10, bias_norm: 0.5}}";

    private const string Study =
        """
        name: tiny-world
        worlds:
          - {config: small.yaml, rows: 4000, evaluation_rows: 500}
        saes:
          - name: topk
            options: {latents: [8, 16], k: [1, 2], epochs: 4, batch_size: 64, learning_rate: 3.0e-3, evaluate_every: 0, checkpoint_every: 0}
        seeds: [1, 2, 3]
        analyses: {chance_draws: 2, further_similarities: []}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("husai-world-study-").FullName;

    public WorldStudyTests()
    {
        File.WriteAllText(Path("small.yaml"), World);
        Write(Study);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_study_by_the_protocol_of_the_benchmark_has_the_page_of_its_table()
    {
        Write(
            """
            name: tiny-benchmark
            worlds:
              - {config: small.yaml, name: a, rows: 600, evaluation_rows: 300, evaluate_by_batch: true}
              - {config: small.yaml, name: b, rows: 1000, evaluation_rows: 300, evaluate_by_batch: true}
              - {config: small.yaml, name: c, rows: 2000, evaluation_rows: 300, evaluate_by_batch: true}
            saes:
              - {name: batchtopk, options: {recipe: synthsae, architecture: batchtopk, latents: 16, k: 2, batch_size: 64, epochs: 1, evaluate_every: 0, checkpoint_every: 0}}
              - {name: pursuit, options: {recipe: synthsae, architecture: matching_pursuit, latents: 16, k: 2, batch_size: 64, epochs: 1, evaluate_every: 0, checkpoint_every: 0}}
            seeds: [1, 2]
            analyses: {all_pairs: false, chance_draws: 2, further_similarities: []}
            """);

        var result = Run("run", "--results", Path("docs/page.md"));

        Assert.True(result.ExitCode == ExitCode.Success, result.Error);
        var page = File.ReadAllText(Path("docs/page.md"));
        Assert.StartsWith("# Results on SynthSAEBench\n", page, StringComparison.Ordinal);
        Assert.Contains("| batchtopk | 2 | F1 | 600, 1,000, 2,000 |", page, StringComparison.Ordinal);
        Assert.True(File.Exists(Path("docs/figures/benchmark-and-budget.svg")));

        // The largest of 300 samples together, whatever the threshold.
        var folder = Directory.GetDirectories(Path("run/truth"))[0];
        using var truth = JsonDocument.Parse(File.ReadAllText(System.IO.Path.Combine(folder, "batchtopk", "result.json")));
        Assert.Equal(2, truth.RootElement.GetProperty("seeds")[0].GetProperty("l0").GetDouble());

        // Another kind of page is not overwritten by it, nor it by another.
        Assert.Equal(ExitCode.Success, Run("run", "--results", Path("docs/page.md")).ExitCode);
    }

    [Fact]
    public void Snapshots_of_a_training_count_as_trainings_on_fewer_samples()
    {
        Write(
            """
            name: tiny-budget
            worlds:
              - {config: small.yaml, name: a, rows: 2000, evaluation_rows: 300, evaluate_by_batch: true}
            saes:
              - {name: batchtopk, options: {recipe: synthsae, architecture: batchtopk, latents: 16, k: 2, batch_size: 64, epochs: 1, evaluate_every: 0, checkpoint_every: 0, snapshot_steps: [0, 9, 18]}}
            seeds: [1, 2]
            analyses: {all_pairs: false, chance_draws: 2, further_similarities: []}
            """);

        var result = Run("run", "--results", Path("docs/page.md"));

        Assert.True(result.ExitCode == ExitCode.Success, result.Error);
        Assert.Contains("| batchtopk | 2 | F1 | 640, 1,280, 2,000 |", File.ReadAllText(Path("docs/page.md")), StringComparison.Ordinal);

        // A snapshot is measured as the command measures it.
        using var truth = JsonDocument.Parse(File.ReadAllText(Path("run/truth/a/batchtopk/result.json")));
        var snapshots = truth.RootElement.GetProperty("snapshots");
        Assert.Equal([0, 9, 18], snapshots.EnumerateArray().Select(snapshot => snapshot.GetProperty("step").GetInt32()));
        var evaluated = HusaiProcess.Run(
            "world", "evaluate", "--sae", Path("run/saes/a/batchtopk/seed_2/snapshots/step_18"), "--world", Path("small.yaml"), "--rows",
            "300", "--json");
        Assert.True(evaluated.ExitCode == ExitCode.Success, evaluated.Error);
        using var document = JsonDocument.Parse(evaluated.Output);
        Assert.Equal(
            document.RootElement.GetProperty("saes")[0].GetProperty("mcc").GetDouble(),
            snapshots[2].GetProperty("seeds")[1].GetProperty("mcc").GetDouble());
    }

    [Fact]
    public void A_study_on_a_world_says_whether_stable_latents_are_true()
    {
        var result = Run("run", "--results", Path("docs/page.md"));
        Assert.True(result.ExitCode == ExitCode.Success, result.Error);
        Assert.Contains("topk-latents16-k2", result.Output, StringComparison.Ordinal);
        Assert.All(
            (string[])["report.html", "summary.json", "tables.md", "worlds/small/result.json", "truth/small/topk-latents8-k1/result.json"],
            file => Assert.True(File.Exists(Path($"run/{file}")), file));
        var page = File.ReadAllText(Path("docs/page.md"));
        Assert.StartsWith("# Results on worlds\n", page, StringComparison.Ordinal);
        Assert.Contains("**Over 4 configurations MCC ", page, StringComparison.Ordinal);
        Assert.Contains("## Is a latent that other seeds find again a true feature?", page, StringComparison.Ordinal);
        Assert.Contains("## Absorption and hedging", page, StringComparison.Ordinal);
        Assert.True(File.Exists(Path("docs/figures/world-agreement-and-truth.svg")));

        // What the study says of an SAE is what the command does on the same samples.
        using var truth = JsonDocument.Parse(File.ReadAllText(Path("run/truth/small/topk-latents16-k2/result.json")));
        var evaluated = HusaiProcess.Run(
            "world", "evaluate", "--sae", Path("run/saes/small/topk-latents16-k2/seed_2"), "--world", Path("small.yaml"), "--rows", "500",
            "--json");
        Assert.True(evaluated.ExitCode == ExitCode.Success, evaluated.Error);
        using var document = JsonDocument.Parse(evaluated.Output);
        foreach (var metric in (string[])["mcc", "uniqueness", "f1", "l0", "found_share", "explained_variance"])
        {
            Assert.Equal(
                document.RootElement.GetProperty("saes")[0].GetProperty(metric).GetDouble(),
                truth.RootElement.GetProperty("seeds")[1].GetProperty(metric).GetDouble());
        }

        // One thread gives the same page; finished jobs are not run again.
        Assert.Equal(ExitCode.Success, Run("again", "--results", Path("again.md"), "--threads", "1").ExitCode);
        Assert.Equal(Without(page), Without(File.ReadAllText(Path("again.md"))));
        var manifest = File.ReadAllText(Path("run/truth/small/topk-latents8-k1/manifest.json"));
        result = Run("run", "--results", Path("docs/page.md"));
        Assert.True(result.ExitCode == ExitCode.Success, result.Error);
        Assert.Equal(manifest, File.ReadAllText(Path("run/truth/small/topk-latents8-k1/manifest.json")));
    }

    [Theory]
    [InlineData("{config: small.yaml, rows: 4000, evaluation_rows: 500}", "{config: small.yaml, rws: 4000}", "unknown key 'rws'")]
    [InlineData("{config: small.yaml, rows: 4000, evaluation_rows: 500}", "{config: small.yaml, rows: 1}", "rows")]
    [InlineData("{config: small.yaml, rows: 4000, evaluation_rows: 500}", "{config: none.yaml}", "none.yaml")]
    [InlineData("{config: small.yaml, rows: 4000, evaluation_rows: 500}", "{name: a, options: {widht: 3}}", "unknown key 'widht'")]
    [InlineData("worlds:\n  - {config: small.yaml, rows: 4000, evaluation_rows: 500}", "worlds: []", "at least one transformer or world")]
    [InlineData("saes:", "  - {config: small.yaml}\nsaes:", "two worlds have the name 'small'")]
    [InlineData("chance_draws: 2", "dynamics: true", "measured on transformers only")]
    public void Bad_input_is_named_and_nothing_is_written(string text, string by, string message)
    {
        Write(Study.Replace(text, by, StringComparison.Ordinal));

        AssertBadInput(message, "study", "run", Path("study.yaml"), "--output", Path("run"));

        Assert.False(Directory.Exists(Path("run")));
    }

    // The page names the command that it was written by.
    private static IEnumerable<string> Without(string page) =>
        page.Split('\n').Where(line => !line.StartsWith("husai ", StringComparison.Ordinal));

    private void Write(string study) => File.WriteAllText(Path("study.yaml"), study);

    private HusaiResult Run(string name, params string[] more) =>
        HusaiProcess.Run(["study", "run", Path("study.yaml"), "--output", Path(name), .. more]);

    private string Path(string name) => System.IO.Path.Combine(_folder, name);
}
