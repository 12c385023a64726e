using System.Text.Json;
using Husai.Cli.Hosting;

namespace Husai.AcceptanceTests.Study;

/// <summary>Damage to the files of a study is seen, named and mended; what no study made is left alone.</summary>
public sealed class StudyDamageTests : IDisposable
{
    private const string Sae = "saes/small/seed_0/L0.resid_post/relu/seed_2";
    private readonly TinyStudy _study = new();

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Results_that_are_empty_null_or_foreign_are_named_and_left_out_and_made_again()
    {
        _study.Finish("run");
        var summary = _study.Summary("run");
        (string Job, string Content)[] damages =
        [
            (Sae, ""), ("recovery/small/seed_0/L0.resid_post/relu", "null"),
            ("stability/small/seed_0/L0.resid_post/topk-latents16", File.ReadAllText(Result(Sae))),
        ];
        foreach (var (job, content) in damages)
        {
            File.WriteAllText(Result(job), content);
        }

        File.WriteAllText(Path.Combine(_study.Folder("run"), "baselines/small/seed_0/L0.resid_post/manifest.json"), "");
        var report = HusaiProcess.Run("study", "report", _study.Folder("run"));
        Assert.Equal(ExitCode.Failure, report.ExitCode);
        using var partial = JsonDocument.Parse(_study.Summary("run"));
        var failures = partial.RootElement.GetProperty("failures").EnumerateArray()
            .Select(failure => failure.GetProperty("run").GetString());
        Assert.Equal([.. damages.Select(damage => damage.Job).Append("baselines/small/seed_0/L0.resid_post").Order()], failures.Order());
        Assert.All(damages, damage => Assert.Contains($"{damage.Job}: failed: result.json has ", report.Error, StringComparison.Ordinal));

        var again = HusaiProcess.Run(_study.Arguments("run"));
        Assert.True(again.ExitCode == ExitCode.Success, again.Error);
        Assert.Equal(summary, _study.Summary("run"));
    }

    [Fact]
    public void Weights_that_were_changed_are_found_before_something_is_computed_with_them()
    {
        _study.Finish("run");
        var summary = _study.Summary("run");
        var weights = Path.Combine(_study.Folder("run"), Sae, "sae_weights.safetensors");
        var bytes = File.ReadAllBytes(weights);
        var damaged = bytes.ToArray();
        damaged[^3] ^= 0x40;
        File.WriteAllBytes(weights, damaged);
        Directory.Delete(Path.Combine(_study.Folder("run"), "stability"), recursive: true);
        Directory.Delete(Path.Combine(_study.Folder("run"), "recovery"), recursive: true);
        var again = HusaiProcess.Run(_study.Arguments("run"));
        Assert.True(again.ExitCode == ExitCode.Success, again.Error);
        Assert.Contains(
            $"{Sae}: damaged: sae_weights.safetensors is not what was written; the study computes it again",
            again.Error,
            StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(weights));
        Assert.Equal(summary, _study.Summary("run"));
    }

    [Fact]
    public void A_file_name_in_a_manifest_reaches_the_terminal_without_its_control_characters()
    {
        _study.Finish("run");
        var manifest = Path.Combine(_study.Folder("run"), Sae, "manifest.json");
        File.WriteAllText(
            manifest, File.ReadAllText(manifest).Replace("\"cfg.json\"", "\"\\u001b]0;mine\\u0007\"", StringComparison.Ordinal));
        var again = HusaiProcess.Run(_study.Arguments("run"));
        Assert.Contains($"{Sae}: damaged: ", again.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', again.Output + again.Error);
    }

    [Fact]
    public void Folders_that_no_study_made_are_refused_before_anything_is_written()
    {
        Refused("mine/transformers/small/seed_0/notes.txt", "holds 'transformers', but was not made by a study");
        Refused("other/report.html", "holds 'report.html', but was not made by a study");
        _study.Finish("run");
        Directory.Delete(Path.Combine(_study.Folder("run"), Sae), recursive: true);
        Refused($"run/{Sae}/notes.txt", "was not made by a study: there is no manifest.json in it");
        var page = _study.Folder("page.md");
        File.WriteAllText(page, "# Mine");
        var result = HusaiProcess.Run("study", "report", _study.Folder("run"), "--results", page);
        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.Contains("page.md: is there already and not a page of results", result.Error, StringComparison.Ordinal);
        Assert.Equal("# Mine", File.ReadAllText(page));

        void Refused(string file, string reason)
        {
            var path = _study.Folder(file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "mine");
            var study = file.Split('/')[0];
            var before = Directory.GetFileSystemEntries(_study.Folder(study), "*", SearchOption.AllDirectories).Order().ToList();
            var result = HusaiProcess.Run(_study.Arguments(study));
            Assert.True(result.ExitCode == ExitCode.BadInput && result.Error.Contains(reason, StringComparison.Ordinal), result.Error);
            Assert.Equal(before, Directory.GetFileSystemEntries(_study.Folder(study), "*", SearchOption.AllDirectories).Order());
            File.Delete(path);
        }
    }

    private string Result(string job) => Path.Combine(_study.Folder("run"), job, "result.json");
}
