using System.Text.Json;
using System.Text.Json.Nodes;
using Husai.Cli.Hosting;

namespace Husai.AcceptanceTests.Study;

/// <summary>What a study left is read by the other commands, without any option but the checkpoint.</summary>
public sealed class StudyFolderCommandTests(
    StudyFolderCommandTests.StudyOfTwoSites study) : IClassFixture<StudyFolderCommandTests.StudyOfTwoSites>
{
    [Theory]
    [InlineData("L0.resid_post")]
    [InlineData("L0.mlp_out")]
    public void Evaluating_gives_the_studys_own_numbers(string site)
    {
        var evaluated = StudyOfTwoSites.Json("sae", "evaluate", "--sae", study.Sae(site, 1), "--checkpoint", study.Transformer)
            .GetProperty("saes")[0];
        using var result = JsonDocument.Parse(File.ReadAllText(Path.Combine(study.Sae(site, 1), "result.json")));
        var metrics = result.RootElement.GetProperty("metrics");

        Assert.All(
            (string[])[
                "rows", "explained_variance", "l0", "l1", "mse", "dead_fraction", "ev_legacy", "fve_residual_mean_removed", "ev_uncentred",
                "ev_pooled_scalar"],
            name => Assert.Equal(metrics.GetProperty(name).GetDouble(), evaluated.GetProperty(name).GetDouble()));
        Assert.Equal("held-out", evaluated.GetProperty("measured_rows").GetString());
        Assert.Equal(JsonValueKind.Number, evaluated.GetProperty("accuracy_spliced").ValueKind);
    }

    [Theory]
    [InlineData("L0.resid_post", "resid_post")]
    [InlineData("L0.mlp_out", "mlp_out")]
    public void Fourier_reads_the_site_of_the_SAEs_and_gives_the_studys_own_numbers(string place, string site)
    {
        var document = StudyOfTwoSites.Json(
            "circuit", "--sae", study.Sae(place, 1), study.Sae(place, 2), "--checkpoint", study.Transformer);
        using var recovery = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(study.Folder, "recovery", "small", "seed_0", place, "topk", "result.json")));

        Assert.Equal((site, 0), (document.GetProperty("site").GetString(), document.GetProperty("layer").GetInt32()));
        foreach (var (index, seed) in recovery.RootElement.GetProperty("seeds").EnumerateArray().Take(2).Index())
        {
            var (own, printed) = (seed.GetProperty("report"), document.GetProperty("saes")[index].GetProperty("recovery"));
            Assert.All(
                (string[])["fourier_overlap", "span_energy", "fourier_overlap_as_published"],
                name => Assert.Equal(own.GetProperty(name).ToString(), printed.GetProperty(name).ToString()));
        }
    }

    [Fact]
    public void Stability_compare_and_dynamics_run_at_the_site_of_the_SAEs()
    {
        string[] of(string site) => [study.Sae(site, 1), study.Sae(site, 2)];
        string[] model = ["--checkpoint", study.Transformer];

        Assert.True(StudyOfTwoSites.Json(["stability", .. of("L0.mlp_out"), .. model]).GetProperty("mean").GetDouble() > 0);
        Assert.Equal(2, StudyOfTwoSites.Json(["dynamics", .. of("L0.mlp_out"), .. model]).GetProperty("saes").GetArrayLength());
        Assert.Equal(
            2,
            StudyOfTwoSites.Json(
                [
                    "compare", "--a", .. of("L0.mlp_out"), "--b",
                    .. of("L0.mlp_out").Select(path => path.Replace("topk", "relu", StringComparison.Ordinal)), .. model])
            .GetProperty("a").GetProperty("saes").GetArrayLength());
        Assert.Contains(
            "was trained on resid_post of layer 0, but",
            StudyOfTwoSites.Error(["stability", study.Sae("L0.mlp_out", 1), study.Sae("L0.resid_post", 2), .. model]),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--site", "resid_post")]
    [InlineData("--layer", "1")]
    public void An_option_that_contradicts_the_SAEs_is_refused(string option, string value)
    {
        string[] model = ["--checkpoint", study.Transformer, option, value];
        string[] saes = [study.Sae("L0.mlp_out", 1), study.Sae("L0.mlp_out", 2)];
        foreach (
            var arguments in (string[][])[
                ["sae", "evaluate", "--sae", .. saes], ["circuit", "--sae", .. saes], ["stability", .. saes], ["dynamics", .. saes],
                ["compare", "--a", .. saes, "--b", .. saes.Select(path => path.Replace("topk", "relu", StringComparison.Ordinal))]])
        {
            Assert.Contains("was trained on mlp_out of layer 0", StudyOfTwoSites.Error([.. arguments, .. model]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Another_model_is_refused_unless_it_is_allowed()
    {
        string[] arguments = [
            "circuit", "--sae", study.Sae("L0.resid_post", 1), "--checkpoint",
            Path.Combine(study.Transformer, "checkpoints", "epoch_000050")];

        Assert.Contains("was trained on another transformer", StudyOfTwoSites.Error(arguments), StringComparison.Ordinal);
        Assert.Equal("resid_post", StudyOfTwoSites.Json([.. arguments, "--allow-other-model"]).GetProperty("site").GetString());
    }

    [Fact]
    public void Studies_and_single_trainings_write_the_same_record()
    {
        var folder = Path.Combine(study.Root, "alone");
        StudyOfTwoSites.Json(
            "sae", "train", "--checkpoint", study.Transformer, "--site", "mlp_out", "--output", folder,
            "--set", "latents=16", "--set", "k=2", "--set", "epochs=2", "--set", "batch_size=32");
        JsonObject Provenance(string path) => new(JsonNode.Parse(File.ReadAllText(Path.Combine(path, "cfg.json")))!["metadata"]!.AsObject()
            .Where(entry => entry.Key is not ("l0" or "num_dead_features" or "seed" or "input_scale"))
                .Select(entry => KeyValuePair.Create(entry.Key, entry.Value?.DeepClone())));

        var own = Provenance(study.Sae("L0.mlp_out", 1));

        Assert.Equal(own.ToJsonString(), Provenance(folder).ToJsonString());
        Assert.Equal("blocks.0.hook_mlp_out", (string?)own["hook_name"]);
        Assert.Equal("mlp_out", (string?)own["site"]);
    }

    [Fact]
    public void Folders_of_earlier_studies_are_read()
    {
        var folder = Path.Combine(study.Root, "earlier");
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(study.Sae("L0.mlp_out", 1)))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        var path = Path.Combine(folder, "cfg.json");
        var root = JsonNode.Parse(File.ReadAllText(path))!;
        root["metadata"] = new JsonObject { ["sae_lens_version"] = "6.37.6", ["hook_name"] = "blocks.0.mlp_out" };
        File.WriteAllText(path, root.ToJsonString());

        var evaluated = StudyOfTwoSites.Json("sae", "evaluate", "--sae", folder, "--checkpoint", study.Transformer).GetProperty("saes")[0];

        Assert.Equal("all", evaluated.GetProperty("measured_rows").GetString());
        Assert.Equal(169, evaluated.GetProperty("rows").GetInt32());
    }

    public sealed class StudyOfTwoSites : IDisposable
    {
        private readonly TinyStudy _study = new();

        public StudyOfTwoSites()
        {
            _study.Replace("latents: [16, 24]", "latents: 16");
            _study.Replace("saes:", "sites: [{site: resid_post}, {site: mlp_out}]\nsaes:");
            _study.Replace("seeds: [1, 2, 3]", "seeds: [1, 2]");
            var result = HusaiProcess.Run(_study.Arguments("run"));
            Assert.True(result.ExitCode == ExitCode.Success, result.Error);
        }

        public string Root => Path.GetDirectoryName(Folder)!;

        public string Folder => _study.Folder("run");

        public string Transformer => Path.Combine(Folder, "transformers", "small", "seed_0");

        public string Sae(string site, int seed) => Path.Combine(Folder, "saes", "small", "seed_0", site, "topk", $"seed_{seed}");

        public static JsonElement Json(params string[] arguments)
        {
            var result = HusaiProcess.Run([.. arguments, "--json"]);
            Assert.True(result.ExitCode == ExitCode.Success, result.Error);
            return JsonDocument.Parse(result.Output).RootElement;
        }

        public static string Error(string[] arguments)
        {
            var result = HusaiProcess.Run(arguments);
            Assert.Equal(ExitCode.BadInput, result.ExitCode);
            return result.Error;
        }

        public void Dispose() => _study.Dispose();
    }
}
