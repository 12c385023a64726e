using System.Text.Json;
using Husai.AcceptanceTests.Explorer;
using Husai.Cli.Hosting;
using Husai.Formats.Numpy;
using Husai.Formats.Tensors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;
using static Husai.AcceptanceTests.BadInput;

namespace Husai.AcceptanceTests.Study;

/// <summary>A study on a file of activations that another program might have written.</summary>
public sealed class OwnActivationsStudyTests : IDisposable
{
    private const string Study =
        """
        name: own
        activations:
          - {name: mine, path: rows.npy}
        saes:
          - name: topk
            options: {latents: 16, k: 2, epochs: 4, batch_size: 64, learning_rate: 3.0e-3, evaluate_every: 0, checkpoint_every: 0}
        baselines: [frozen_decoder]
        seeds: [1, 2, 3]
        analyses: {chance_draws: 2, dynamics: true, function: true}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("husai-own-study-").FullName;

    public OwnActivationsStudyTests()
    {
        WriteRows(seed: 1);
        Write(Study);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_analysis_runs_that_needs_no_truth_and_the_report_says_that_there_is_none()
    {
        var result = Run("run");
        Assert.True(result.ExitCode == ExitCode.Success, result.Error);
        Assert.All(
            (string[])
            [
                "activations/mine", "stability/mine/topk", "dynamics/mine/topk", "function/mine/topk",
                "stability/mine/topk+frozen_decoder",
            ],
            job => Assert.True(File.Exists(At($"run/{job}/result.json")), job));
        Assert.False(Directory.Exists(At("run/recovery")));
        Assert.False(Directory.Exists(At("run/portraits")));
        Assert.Contains("no truth is known here, neither a circuit nor features", result.Output, StringComparison.Ordinal);
        Assert.Contains("Activations of which no truth is known", File.ReadAllText(At("run/report.html")), StringComparison.Ordinal);
        using var summary = JsonDocument.Parse(File.ReadAllText(At("run/summary.json")));
        var activations = summary.RootElement.GetProperty("activations")[0];
        Assert.Equal(("mine", 900), (activations.GetProperty("name").GetString(), activations.GetProperty("rows").GetInt32()));

        // What the study says is what the command says of the same SAEs and rows.
        var command = HusaiProcess.Run(
            ["stability", .. Enumerable.Range(1, 3).Select(seed => At($"run/saes/mine/topk/seed_{seed}")), "--activations", At("rows.npy"),
            "--chance-draws", "2", "--json"]);
        Assert.True(command.ExitCode == ExitCode.Success, command.Error);
        using var stability = JsonDocument.Parse(File.ReadAllText(At("run/stability/mine/topk/result.json")));
        using var measured = JsonDocument.Parse(command.Output);
        Assert.Equal(
            measured.RootElement.GetProperty("main").GetProperty("kappa").GetProperty("value").GetDouble(),
            stability.RootElement.GetProperty("agreement").GetProperty("main").GetProperty("kappa").GetProperty("value").GetDouble());
    }

    [Fact]
    public void The_explorer_shows_how_alike_all_saes_are()
    {
        Write(Study.Replace(
            "baselines: [frozen_decoder]",
            "  - {name: sparser, options: {latents: 16, k: 1, epochs: 1, batch_size: 64, evaluate_every: 0, checkpoint_every: 0}}",
            StringComparison.Ordinal));
        Assert.Equal(ExitCode.Success, Run("run", "--set", "analyses={chance_draws: 2}").ExitCode);
        Assert.True(File.Exists(At("run/comparisons/mine/result.json")));

        using var explorer = new ExplorerProcess(At("run"));

        var page = explorer.Page(ExplorerProcess.Links(explorer.Page("/"), "/study")[0]);
        Assert.NotEmpty(ExplorerProcess.Links(page, "/pair"));
    }

    [Fact]
    public void Other_rows_are_another_study_and_a_file_that_is_gone_leaves_the_report()
    {
        Assert.Equal(ExitCode.Success, Run("run").ExitCode);
        var summary = File.ReadAllText(At("run/summary.json"));
        Assert.Equal(ExitCode.Success, Run("alone", "--threads", "1").ExitCode);
        Assert.Equal(summary, File.ReadAllText(At("alone/summary.json")));

        File.Move(At("rows.npy"), At("moved.npy"));
        Assert.Equal(ExitCode.Success, HusaiProcess.Run("study", "report", At("run")).ExitCode);
        Assert.Equal(summary, File.ReadAllText(At("run/summary.json")));

        // Where a file lies decides nothing, what it holds does.
        var manifest = File.ReadAllText(At("run/saes/mine/topk/seed_1/manifest.json"));
        Write(Study.Replace("rows.npy", "moved.npy", StringComparison.Ordinal));
        Assert.Equal(ExitCode.Success, Run("run").ExitCode);
        Assert.Equal(manifest, File.ReadAllText(At("run/saes/mine/topk/seed_1/manifest.json")));
        WriteRows(seed: 2);
        Write(Study);
        Assert.Equal(ExitCode.Success, Run("run").ExitCode);
        Assert.NotEqual(summary, File.ReadAllText(At("run/summary.json")));
    }

    [Theory]
    [InlineData("path: rows.npy", "path: none.npy", "none.npy: no such file")]
    [InlineData("path: rows.npy", "pth: rows.npy", "unknown key 'pth'")]
    [InlineData("path: rows.npy", "path: study.yaml", "study.yaml")]
    [InlineData("saes:", "  - {name: mine, path: rows.npy}\nsaes:", "two activations have the name 'mine'")]
    [InlineData("chance_draws: 2", "circuit: true", "'circuit' compares SAEs with a known circuit, and there is none")]
    [InlineData("chance_draws: 2", "ground_truth: true", "'ground_truth' compares SAEs with a known circuit, and there is none")]
    [InlineData("chance_draws: 2", "as_published: true", "as_published is no part of a study")]
    [InlineData("chance_draws: 2", "portraits: 4", "'portraits' compares SAEs with a known circuit, and there is none")]
    [InlineData("chance_draws: 2", "splice: true", "splice puts reconstructions into networks, and there is none")]
    [InlineData("seeds: [1, 2, 3]", "controls: [randomised]", "a control is made from a network, and activations are none")]
    public void Bad_input_is_named_and_nothing_is_written(string text, string by, string message)
    {
        Write(Study.Replace(text, by, StringComparison.Ordinal));

        AssertBadInput(message, "study", "run", At("study.yaml"), "--output", At("run"));

        Assert.False(Directory.Exists(At("run")));
    }

    private void WriteRows(ulong seed)
    {
        const int features = 20;
        var stream = new RandomStream(seed, "rows");
        var directions = new Matrix(features, 8);
        foreach (ref var value in directions.AsSpan())
        {
            value = (float)stream.NextNormal();
        }

        var rows = new Matrix(900, directions.Columns);
        for (var row = 0; row < rows.Rows; row++)
        {
            for (var active = 0; active < 2; active++)
            {
                var feature = (row * 7 + active * 11) % features;
                for (var column = 0; column < rows.Columns; column++)
                {
                    rows[row, column] += (1 + row % 3) * directions[feature, column];
                }
            }
        }

        NumpyFile.Write(At("rows.npy"), NamedTensor.FromMatrix("activations", rows));
    }

    private void Write(string study) => File.WriteAllText(At("study.yaml"), study);

    private HusaiResult Run(string name, params string[] more) =>
        HusaiProcess.Run(["study", "run", At("study.yaml"), "--output", At(name), .. more]);

    private string At(string name) => Path.Combine(_folder, name);
}
