using System.Text.Json;
using Husai.Cli.Hosting;

namespace Husai.AcceptanceTests.Study;

public sealed class StudyRunTests : IDisposable
{
    private readonly TinyStudy _study = new();

    public void Dispose() => _study.Dispose();

    [Fact]
    public void A_study_runs_to_its_report()
    {
        var result = HusaiProcess.Run(_study.Arguments("run"));
        Assert.True(result.ExitCode == ExitCode.Success, result.Error);
        Assert.Contains("topk-latents24", result.Output, StringComparison.Ordinal);
        Assert.All(
            (string[])["Do the seeds share latents, beyond chance? ", "Do they recover the circuit? ", "Which configuration is best? "],
            question => Assert.Single(result.Output.Split('\n'), line => line.StartsWith(question, StringComparison.Ordinal)));
        Assert.All(
            (string[])[
                "config.yaml", "manifest.json", "summary.json", "report.html", "tables.md", "figures/stability.svg",
                "figures/stability.csv"],
            file => Assert.True(File.Exists(Path.Combine(_study.Folder("run"), file)), file));
    }

    [Fact]
    public void Baselines_stand_beside_their_configurations_and_leave_the_numbers_of_these()
    {
        _study.Finish("run");
        using var without = JsonDocument.Parse(_study.Summary("run"));
        _study.Replace("seeds: [1, 2, 3]", "seeds: [1, 2, 3]\nbaselines: [frozen_decoder, soft_frozen_decoder, frozen_encoder]");
        var result = HusaiProcess.Run(_study.Arguments("run"));
        Assert.True(result.ExitCode == ExitCode.Success, result.Error);
        using var with = JsonDocument.Parse(_study.Summary("run"));
        JsonElement[] all = [.. with.RootElement.GetProperty("configurations").EnumerateArray()];
        Assert.Equal(12, all.Length);
        Assert.Contains("topk-latents16+soft_frozen_decoder", result.Output, StringComparison.Ordinal);
        Assert.Single(
            result.Output.Split('\n'), line => line.StartsWith("Do frozen baselines explain as much variance? ", StringComparison.Ordinal));
        Assert.Equal("topk-latents16", all[1].GetProperty("baseline_of").GetString());
        Assert.Equal(
            without.RootElement.GetProperty("configurations").EnumerateArray().Select(one => one.ToString()),
            all.Where(one => !one.TryGetProperty("baseline_of", out _)).Select(one => one.ToString()));
        Assert.True(JsonElement.DeepEquals(
            without.RootElement.GetProperty("comparisons"), with.RootElement.GetProperty("comparisons")));
    }

    [Fact]
    public void A_transformer_that_learnt_nothing_has_a_report_too()
    {
        _study.Replace("epochs: 200, clean_up_epochs: 20, train_fraction: 0.8", "epochs: 60, clean_up_epochs: 20, train_fraction: 0.8");
        var result = HusaiProcess.Run(_study.Arguments("run"));
        Assert.True(result.ExitCode == ExitCode.Success, result.Error);
        Assert.True(File.Exists(Path.Combine(_study.Folder("run"), "report.html")));
    }

    [Fact]
    public void The_summary_is_what_is_printed_as_json()
    {
        var result = HusaiProcess.Run(_study.Arguments("run", "--json"));
        using var printed = JsonDocument.Parse(result.Output);
        using var written = JsonDocument.Parse(_study.Summary("run"));
        Assert.True(JsonElement.DeepEquals(printed.RootElement, written.RootElement));
        Assert.Equal(3, printed.RootElement.GetProperty("configurations").GetArrayLength());
    }

    [Fact]
    public void Two_threads_give_the_numbers_of_one()
    {
        HusaiProcess.Run(_study.Arguments("one", "--threads", "1"));
        HusaiProcess.Run(_study.Arguments("two", "--threads", "2"));
        Assert.Equal(_study.Summary("one"), _study.Summary("two"));
    }

    [Fact]
    public void The_report_is_made_again_from_the_folder_alone()
    {
        _study.Finish("run");
        var summary = _study.Summary("run");
        File.Delete(Path.Combine(_study.Folder("run"), "summary.json"));
        File.Delete(Path.Combine(_study.Folder("run"), "report.html"));
        var result = HusaiProcess.Run("study", "report", _study.Folder("run"));
        Assert.True(result.ExitCode == ExitCode.Success, result.Error);
        Assert.Equal(summary, _study.Summary("run"));
        Assert.True(File.Exists(Path.Combine(_study.Folder("run"), "report.html")));
    }

    [Fact]
    public void Dynamics_begin_at_the_initialisation_and_end_with_the_scores_of_the_study()
    {
        _study.Finish("run");
        using var summary = JsonDocument.Parse(_study.Summary("run"));
        foreach (var configuration in summary.RootElement.GetProperty("configurations").EnumerateArray())
        {
            var points = configuration.GetProperty("dynamics").EnumerateArray().ToArray();
            double Mean(JsonElement point, string key) => point.GetProperty(key).GetProperty("mean").GetDouble();
            Assert.Equal([0, 3, 6, 12, 25, 50, 100, 200], points.Select(point => point.GetProperty("step").GetInt64()));
            Assert.Equal(Mean(configuration.GetProperty("stability"), "interval"), Mean(points[^1], "to_other_seeds"));
            Assert.Equal(
                configuration.GetProperty("stability").GetProperty("kappa").GetProperty("value").GetDouble(),
                points[^1].GetProperty("kappa").GetDouble());
            Assert.Equal(Mean(configuration, "explained_variance"), Mean(points[^1], "explained_variance"));
            Assert.Equal(Mean(configuration.GetProperty("circuit"), "overlap"), Mean(points[^1], "to_circuit"), 1e-9);
            Assert.Equal(1, Mean(points[^1], "to_final_self"), 1e-6);
            Assert.True(Mean(points[0], "to_final_self") < 0.99);
        }
    }

    [Fact]
    public void Dynamics_of_seeds_whose_latents_count_as_dead_are_there_without_an_agreement()
    {
        // Hardly a latent fires on every row: the stability has nothing to compare.
        _study.Replace("dynamics: true", "dynamics: true, similarity: {dead_threshold: 1}");
        var result = HusaiProcess.Run(_study.Arguments("run"));
        Assert.Equal(ExitCode.Failure, result.ExitCode);
        Assert.Contains("stability/small/seed_0/L0.resid_post/topk-latents16: failed: ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"dynamics/\S+: failed", result.Error);
        using var dynamics = JsonDocument.Parse(
            File.ReadAllText(
                Path.Combine(_study.Folder("run"), "dynamics", "small", "seed_0", "L0.resid_post", "topk-latents16", "result.json")));
        var points = dynamics.RootElement.GetProperty("points").EnumerateArray().ToArray();
        Assert.Equal([0, 3, 6, 12, 25, 50, 100, 200], points.Select(point => point.GetProperty("step").GetInt64()));
        Assert.All(points, point => Assert.Equal(JsonValueKind.Null, point.GetProperty("agreement").ValueKind));
        Assert.All(points, point => Assert.InRange(point.GetProperty("explained_variance").GetProperty("mean").GetDouble(), -10, 1));
    }

    [Fact]
    public void The_command_on_the_folders_of_a_study_gives_the_numbers_of_the_study()
    {
        _study.Finish("run");
        var folder = _study.Folder("run");
        string[] seeds = [
            .. Enumerable.Range(1, 3).Select(seed =>
                Path.Combine(folder, "saes", "small", "seed_0", "L0.resid_post", "topk-latents16", $"seed_{seed}"))];
        var result = HusaiProcess.Run(
            [
                "stability", .. seeds, "--checkpoint", Path.Combine(folder, "transformers", "small", "seed_0"), "--layer", "0", "--site",
                "resid_post", "--chance-draws", "4", "--json"]);
        Assert.True(result.ExitCode == ExitCode.Success, result.Error);
        using var summary = JsonDocument.Parse(_study.Summary("run"));
        using var command = JsonDocument.Parse(result.Output);
        var study = summary.RootElement.GetProperty("configurations").EnumerateArray()
            .Single(entry => entry.GetProperty("name").GetString() == "topk-latents16").GetProperty("stability");

        Assert.All(
            ["mean", "kappa", "kappa_turned", "p", "cosine_to_start", "levels", "verdict", "sentence"],
            key => Assert.Equal(Text(study.GetProperty(key)), Text(command.RootElement.GetProperty(key))));
        Assert.NotEqual(JsonValueKind.Null, study.GetProperty("kappa_turned").ValueKind);
        Assert.NotEqual(JsonValueKind.Null, study.GetProperty("cosine_to_start").ValueKind);
    }

    [Fact]
    public void Agreement_in_function_is_that_of_the_command_on_the_same_folders()
    {
        _study.Replace("dynamics: true", "dynamics: false, function: true");
        Assert.Equal(ExitCode.Success, HusaiProcess.Run(_study.Arguments("f")).ExitCode);
        var folder = _study.Folder("f");
        string[] seeds =
            [.. ((int[])[1, 2, 3]).Select(seed => Path.Combine(folder, $"saes/small/seed_0/L0.resid_post/relu/seed_{seed}"))];

        var command = HusaiProcess.Run(
            ["agreement", .. seeds, "--checkpoint", Path.Combine(folder, "transformers", "small", "seed_0"), "--json"]);

        Assert.True(command.ExitCode == ExitCode.Success, command.Error);
        using var printed = JsonDocument.Parse(command.Output);
        using var summary = JsonDocument.Parse(_study.Summary("f"));
        var scores = summary.RootElement.GetProperty("configurations").EnumerateArray()
            .Single(entry => entry.GetProperty("name").GetString() == "relu").GetProperty("function").EnumerateArray().ToList();
        var matchers = printed.RootElement.GetProperty("matchers").EnumerateArray().ToList();
        Assert.Equal(matchers.Count, scores.Count);
        foreach (var (matcher, score) in matchers.Zip(scores))
        {
            foreach (var name in new[] { "matcher", "coverage", "substitution", "negative", "beats_negative", "ausqc", "negative_ausqc" })
            {
                Assert.Equal(Text(matcher.GetProperty(name)), Text(score.GetProperty(name)));
            }

            Assert.Equal(Text(matcher.GetProperty("effects").GetProperty("fingerprint")), Text(score.GetProperty("fingerprint")));
        }

        Assert.True(File.Exists(Path.Combine(folder, "figures", "agreement.svg")));
        Assert.Contains("Agreement in function", File.ReadAllText(Path.Combine(folder, "tables.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void Controls_stand_below_their_configurations_and_leave_the_numbers_of_these()
    {
        _study.Finish("plain");
        _study.Replace("seeds: [1, 2, 3]", "seeds: [1, 2, 3]\ncontrols: [random_init, randomised]");

        var result = HusaiProcess.Run(_study.Arguments("controlled"));

        Assert.Equal(ExitCode.Success, result.ExitCode);
        Assert.Contains("  random_init", result.Output, StringComparison.Ordinal);
        Assert.Contains("networks that learnt no circuit?", result.Output, StringComparison.Ordinal);
        using var plain = JsonDocument.Parse(_study.Summary("plain"));
        using var controlled = JsonDocument.Parse(_study.Summary("controlled"));
        var before = plain.RootElement.GetProperty("configurations").EnumerateArray().ToList();
        var after = controlled.RootElement.GetProperty("configurations").EnumerateArray().ToLookup(
            entry => entry.TryGetProperty("control_of", out var trained) ? trained.GetString()! : "");
        Assert.Equal([.. before.Select(Text)], after[""].Select(Text));
        Assert.Contains(after["relu"], entry => entry.GetProperty("name").GetString() == "relu @ random_init");
        Assert.All(before, entry => Assert.Equal(2, after[entry.GetProperty("name").GetString()!].Count()));
        Assert.All(
            after.Where(group => group.Key.Length > 0).SelectMany(group => group),
            entry => Assert.NotEqual(JsonValueKind.Null, entry.GetProperty("stability").ValueKind));
        Assert.Equal(
            Text(plain.RootElement.GetProperty("verdict").GetProperty("red_flags")),
            Text(controlled.RootElement.GetProperty("verdict").GetProperty("red_flags")));
        Assert.Contains("Networks that learnt no circuit", File.ReadAllText(Path.Combine(_study.Folder("controlled"), "tables.md")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_configuration_redoes_only_what_changed()
    {
        _study.Finish("run");
        string[] jobs =
        [
            "transformers/small/seed_0", "saes/small/seed_0/L0.resid_post/topk-latents16/seed_1",
            "saes/small/seed_0/L0.resid_post/relu/seed_1",
            "stability/small/seed_0/L0.resid_post/topk-latents16", "stability/small/seed_0/L0.resid_post/relu",
        ];
        var before = jobs.Select(job => _study.Manifest("run", job)).ToArray();
        _study.Replace("l1_coefficient: 0.01", "l1_coefficient: 0.02");
        var result = HusaiProcess.Run(_study.Arguments("run"));
        Assert.True(result.ExitCode == ExitCode.Success, result.Error);
        var isSame = jobs.Select((job, index) => _study.Manifest("run", job) == before[index]);
        Assert.Equal([true, true, false, true, false], isSame);
    }

    [Fact]
    public void A_broken_configuration_fails_alone_and_is_named()
    {
        // More active latents than there are.
        _study.Replace("name: relu\n", "name: broken\n    options: {latents: 8, k: 9}\n  - name: relu\n");
        var result = HusaiProcess.Run(_study.Arguments("run"));
        Assert.Equal(ExitCode.Failure, result.ExitCode);
        Assert.Contains("saes/small/seed_0/L0.resid_post/broken/seed_1: failed: ", result.Error, StringComparison.Ordinal);
        using var summary = JsonDocument.Parse(_study.Summary("run"));
        var names = summary.RootElement.GetProperty("configurations").EnumerateArray()
            .Select(entry => entry.GetProperty("name").GetString());
        Assert.Equal(["topk-latents16", "topk-latents24", "relu"], names);
        Assert.Contains(
            summary.RootElement.GetProperty("failures").EnumerateArray(),
            failure => failure.GetProperty("run").GetString() == "saes/small/seed_0/L0.resid_post/broken/seed_3");
    }

    [Fact]
    public void All_errors_of_a_file_are_told_at_once_with_their_lines()
    {
        _study.Replace("latents: [16, 24], k: 2", "latents: [16, 0], kk: 2");
        _study.Replace("seeds: [1, 2, 3]", "seeds: [1, -2]\ncomparison: []");
        var result = HusaiProcess.Run(_study.Arguments("run"));
        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.Contains("tiny.yaml:9:", result.Error, StringComparison.Ordinal);
        Assert.Contains("'kk'", result.Error, StringComparison.Ordinal);
        Assert.Contains("tiny.yaml:12:", result.Error, StringComparison.Ordinal);
        Assert.Contains("'comparison'", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_study.Folder("run")));
    }

    [Fact]
    public void An_output_folder_that_cannot_be_made_is_bad_input()
    {
        var result = HusaiProcess.Run(_study.Arguments("tiny.yaml"));
        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.Contains("is no folder that can be written to", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_studies_run_one_after_another_each_in_a_folder_of_its_own()
    {
        var other = _study.Folder("other.yaml");
        File.WriteAllText(other, File.ReadAllText(_study.Configuration).Replace("name: tiny", "name: other", StringComparison.Ordinal)
            .Replace("latents: [16, 24], k: 2", "latents: 8, k: 9", StringComparison.Ordinal));
        var result = HusaiProcess.Run("study", "run", other, _study.Configuration, "--output", _study.Folder("all"), "--json");
        Assert.Equal(ExitCode.Failure, result.ExitCode);
        using var printed = JsonDocument.Parse(result.Output);
        Assert.Equal(
            ["other", "tiny"],
            printed.RootElement.GetProperty("studies").EnumerateArray().Select(study => study.GetProperty("name").GetString()));

        _study.Finish("alone");
        Assert.Equal(_study.Summary("alone"), _study.Summary("all/tiny"));

        File.Delete(Path.Combine(_study.Folder("all/tiny"), "report.html"));
        var report = HusaiProcess.Run("study", "report", _study.Folder("nothing"), _study.Folder("all/tiny"));
        Assert.Equal(ExitCode.BadInput, report.ExitCode);
        Assert.True(File.Exists(Path.Combine(_study.Folder("all/tiny"), "report.html")));
    }

    [Fact]
    public void Two_files_with_one_study_are_refused_before_anything_is_run()
    {
        var result = HusaiProcess.Run("study", "run", _study.Configuration, _study.Configuration, "--output", _study.Folder("all"));
        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.Contains("'tiny'", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_study.Folder("all")));
    }

    [Fact]
    public void Over_transformers_that_differ_in_their_seed_the_scores_are_pooled()
    {
        _study.Replace("  - name: small\n", "  - name: small\n    seeds: [0, 1]\n");
        HusaiProcess.Run(_study.Arguments("run"));
        using var summary = JsonDocument.Parse(_study.Summary("run"));
        var configuration = summary.RootElement.GetProperty("configurations")[0];
        var parts = configuration.GetProperty("transformers").EnumerateArray().ToArray();
        double Mean(JsonElement element) => element.GetProperty("stability").GetProperty("mean").GetDouble();

        Assert.Equal(3, summary.RootElement.GetProperty("configurations").GetArrayLength());
        Assert.Equal("topk-latents16", configuration.GetProperty("name").GetString());
        Assert.Equal(["small-s0", "small-s1"], parts.Select(part => part.GetProperty("transformer").GetString()));
        Assert.Equal(parts.Average(Mean), Mean(configuration), 1e-12);
        Assert.Equal(2, configuration.GetProperty("stability").GetProperty("interval").GetProperty("seeds").GetInt32());
        Assert.Equal(6, configuration.GetProperty("seeds").GetArrayLength());
    }

    [Fact]
    public void A_missing_file_is_bad_input()
    {
        var result = HusaiProcess.Run("study", "run", _study.Folder("nothing.yaml"));
        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.Equal(ExitCode.BadInput, HusaiProcess.Run("study", "report", _study.Folder("nothing")).ExitCode);
    }

    // Without white space: every digit of every number.
    private static string Text(JsonElement element) => JsonSerializer.Serialize(element);
}
