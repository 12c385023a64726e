using System.Text.Json;
using Husai.Experiments.Folders;
using Husai.Experiments.Jobs;
using Husai.Formats.Files;

namespace Husai.Experiments.Tests.Folders;

public sealed class RunSearchTests : IDisposable
{
    private const string Point = "{\"step\":1,\"loss\":0.5,\"explained_variance\":0.5,\"l0\":1,\"dead_fraction\":0}\n";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("husai-runs-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Runs_are_found_by_their_files_but_neither_in_runs_nor_behind_links()
    {
        Write("a/study/config.yaml");
        Write("a/study/manifest.json");
        Write("a/study/saes/place/topk/seed_1/options.json");
        Write("a/study/saes/place/topk/seed_1/metrics.jsonl");
        Write("b/options.json");
        Write("b/metrics.jsonl");
        Write("c/cfg.json");
        Write("c/sae_weights.safetensors");
        Write("d/config.json");
        Write("d/metrics.jsonl");
        Write("e/other.txt");
        Directory.CreateSymbolicLink(Below("f"), Below("b"));

        Assert.Equal(
            [
                new(Below("a/study"), RunKind.Study), new(Below("b"), RunKind.SaeTraining), new(Below("c"), RunKind.Sae),
                new FoundRun(Below("d"), RunKind.TransformerTraining),
            ],
            RunSearch.Below(_folder.FullName));
        Assert.Equal([new FoundRun(Below("b"), RunKind.SaeTraining)], RunSearch.Below(Below("b")));
        Assert.Empty(RunSearch.Below(Below("none")));
        Assert.Equal(Below("a/study"), RunSearch.StudyAround(Below("a/study/saes/place/topk/seed_1")));
        Assert.Null(RunSearch.StudyAround(Below("b")));
    }

    [Fact]
    public void Activations_of_a_study_lie_beside_its_SAEs()
    {
        Write("study/config.yaml");
        Write("study/manifest.json");
        Write("study/activations/quick/seed_1/site/activations.safetensors");
        var sae = Below("study/saes/quick/seed_1/site/topk/seed_2");

        Assert.Equal(Below("study/activations/quick/seed_1/site/activations.safetensors"), RunSearch.ActivationsOf(sae));
        Assert.Null(RunSearch.ActivationsOf(Below("study/saes/quick/seed_1/other/topk/seed_2")));
        Assert.Null(RunSearch.ActivationsOf(Below("saes/quick/seed_1/site/topk/seed_2")));
    }

    [Fact]
    public void The_store_of_a_network_and_a_transformer_are_found_from_their_SAEs()
    {
        Write("study/config.yaml");
        Write("study/manifest.json");
        Write("study/extractions/minilm/resid_post.3/store.json");
        Write("study/transformers/quick/seed_1/config.json");
        var sae = Below("study/saes/quick/seed_1/site/topk/seed_2");

        Assert.Equal(
            Below("study/extractions/minilm/resid_post.3"), RunSearch.ActivationsOf(Below("study/saes/minilm/resid_post.3/topk/seed_2")));
        Assert.Null(RunSearch.TransformerOf(sae));

        Write("study/transformers/quick/seed_1/model.safetensors");
        Assert.Equal(Below("study/transformers/quick/seed_1"), RunSearch.TransformerOf(sae));
        Assert.Null(RunSearch.TransformerOf(Below("study/saes/minilm/resid_post.3/topk/seed_2")));
    }

    [Fact]
    public void A_training_without_a_process_is_interrupted_until_it_is_complete()
    {
        Write("b/options.json");
        Write("b/metrics.jsonl");
        var run = new FoundRun(Below("b"), RunKind.SaeTraining);
        Assert.Equal(JobStatus.Interrupted, RunState.Of(run, TimeProvider.System).Status);
        using (FolderLock.Take(Below("b")))
        {
            Assert.Equal(JobStatus.Running, RunState.Of(run, TimeProvider.System).Status);
        }

        Write("b/summary.json");
        Write("b/sae_weights.safetensors");
        Assert.Equal(JobStatus.Complete, RunState.Of(run, TimeProvider.System).Status);
    }

    [Fact]
    public void A_damaged_manifest_is_a_failure_with_its_reason()
    {
        Write("study/config.yaml");
        Write("study/manifest.json", "{\"name\": ");
        var state = RunState.Of(new FoundRun(Below("study"), RunKind.Study), TimeProvider.System);

        Assert.Equal(JobStatus.Failed, state.Status);
        Assert.Contains("manifest.json", state.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Metrics_are_read_while_they_are_written()
    {
        Write("b/metrics.jsonl", Point + Point[..20]);
        Assert.Single(TrainingMetrics.OfSae(Below("b")));

        Write("b/metrics.jsonl", Point + Point);
        Assert.Equal(2, TrainingMetrics.OfSae(Below("b")).Count);

        Write("b/metrics.jsonl", Point[..20]);
        Assert.Empty(TrainingMetrics.OfSae(Below("b")));
        Assert.Empty(TrainingMetrics.OfTransformer(Below("none")));

        Write("b/metrics.jsonl", "no JSON\n");
        Assert.Throws<InvalidFileException>(() => TrainingMetrics.OfSae(Below("b")));
    }

    [Fact]
    public void Metrics_of_a_transformer_are_those_of_its_last_start()
    {
        string Line(int restarts, int epoch) => JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["restarts"] = restarts,
            ["epoch"] = epoch,
            ["step"] = epoch,
            ["train_loss"] = 1,
            ["train_accuracy"] = 1,
            ["test_loss"] = 1,
            ["test_accuracy"] = 1,
            ["learning_rate"] = 1,
            ["sum_of_squared_weights"] = 1,
        }) + "\n";
        Write("b/metrics.jsonl", Line(0, 0) + Line(0, 25));
        Assert.Equal([0, 25], TrainingMetrics.OfTransformer(Below("b")).Select(record => record.Epoch));

        Write("b/metrics.jsonl", Line(0, 0) + Line(0, 25) + Line(1, 0) + Line(1, 25) + Line(1, 50));
        Assert.Equal([0, 25, 50], TrainingMetrics.OfTransformer(Below("b")).Select(record => record.Epoch));
    }

    private void Write(string name, string text = "")
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Below(name))!);
        File.WriteAllText(Below(name), text);
    }

    private string Below(string path) => Path.Combine(_folder.FullName, path);
}
