using System.Diagnostics;
using System.Text.Json;
using Husai.Cli.Hosting;

namespace Husai.AcceptanceTests.Study;

/// <summary>Studies in tasks, without a cluster.</summary>
public sealed class StudySubmitTests : IDisposable
{
    private readonly TinyStudy _study = new();

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Lines_of_a_script_and_this_process_give_the_bits_of_a_local_run()
    {
        _study.Finish("run");
        var here = Submit("here", "--cluster", "local", "--cpus", "2");
        Assert.True(here.ExitCode == ExitCode.Success, here.Error);
        SameBits.Assert(_study.Folder("run"), _study.Folder("here"));

        var submitted = Submit("lines", "--cluster", "script", "--task-minutes", "0.03", "--setup", "cd /", "--json");
        Assert.True(submitted.ExitCode == ExitCode.Success, submitted.Error);
        using var document = JsonDocument.Parse(submitted.Output);
        var waiting = HusaiProcess.Run("study", "status", _study.Folder("lines"));
        Assert.Equal(ExitCode.Success, waiting.ExitCode);
        Assert.Contains("study tiny: 0 of 25 jobs done, about ", waiting.Output, StringComparison.Ordinal);
        Assert.Contains("submission 1 (script): ", waiting.Output, StringComparison.Ordinal);
        foreach (var launch in document.RootElement.GetProperty("launches").EnumerateArray())
        {
            using var shell = Process.Start("sh", ["-e", launch.GetProperty("script_path").GetString()!]);
            shell.WaitForExit();
            Assert.Equal(0, shell.ExitCode);
        }

        SameBits.Assert(_study.Folder("run"), _study.Folder("lines"));
        Assert.Contains(
            "study tiny: 25 of 25 jobs done, report written", HusaiProcess.Run("study", "status", _study.Folder("lines")).Output,
            StringComparison.Ordinal);
        Assert.Contains("all is done", Submit("lines", "--cluster", "script").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dry_run_prints_the_scripts_and_writes_nothing()
    {
        var result = Submit("dry", "--cluster", "script", "--dry-run");
        Assert.True(result.ExitCode == ExitCode.Success, result.Error);
        Assert.Contains(
            $"study work {Path.Combine(_study.Folder("dry"), "submissions", "1", "plan.json")} --task 0 --threads 1\n", result.Output,
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(_study.Folder("dry")));
    }

    [Fact]
    public void A_failed_job_is_named_and_only_it_and_what_needs_it_are_submitted_again()
    {
        _study.Replace("dynamics: true, ", "");
        _study.Replace("- name: small", "- name: small\n    gate: require");
        var result = Submit("failed", "--cluster", "local");
        Assert.Equal(ExitCode.Failure, result.ExitCode);
        var status = HusaiProcess.Run("study", "status", _study.Folder("failed"), "--json");
        Assert.Equal(ExitCode.Failure, status.ExitCode);
        using var document = JsonDocument.Parse(status.Output);
        Assert.Equal(1, document.RootElement.GetProperty("failed").GetInt32());
        Assert.Equal(21, document.RootElement.GetProperty("left_out").GetInt32());
        var failure = Assert.Single(document.RootElement.GetProperty("failures").EnumerateArray());
        Assert.Equal("transformers/small/seed_0", failure.GetProperty("name").GetString());
        Assert.StartsWith("the transformer does not pass the gate", failure.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_study.Folder("failed"), "report.html")));

        _study.Replace("gate: require", "gate: report");
        var again = Submit("failed", "--cluster", "local");
        Assert.True(again.ExitCode == ExitCode.Success, again.Error);
    }

    [Fact]
    public void Studies_of_other_seeds_are_merged_to_the_study_of_all_seeds()
    {
        _study.Replace("dynamics: true, ", "");
        HusaiProcess.Run(_study.Arguments("whole"));
        HusaiProcess.Run(_study.Arguments("one", "--set", "seeds=[1, 2]"));
        HusaiProcess.Run(_study.Arguments("other", "--set", "seeds=[3]"));
        var merged = HusaiProcess.Run(
            "study", "merge", _study.Folder("one"), _study.Folder("other"), "--output", _study.Folder("merged"));
        Assert.True(merged.ExitCode == ExitCode.Success, merged.Error);
        Assert.Contains($"husai study run {Path.Combine(_study.Folder("merged"), "config.yaml")}", merged.Error, StringComparison.Ordinal);

        var rest = HusaiProcess.Run(
            "study", "run", Path.Combine(_study.Folder("merged"), "config.yaml"), "--output", _study.Folder("merged"));
        Assert.True(rest.ExitCode == ExitCode.Success, rest.Error);
        Assert.Equal(_study.Summary("whole"), _study.Summary("merged"));
        using var manifest = JsonDocument.Parse(_study.Manifest("merged", "saes/small/seed_0/L0.resid_post/relu/seed_3"));
        using var source = JsonDocument.Parse(_study.Manifest("other", "saes/small/seed_0/L0.resid_post/relu/seed_3"));
        Assert.Equal(source.RootElement.ToString(), manifest.RootElement.ToString());
    }

    [Theory]
    [InlineData("the file is missing", "work", "PLAN", "--task", "0")]
    [InlineData("is no plan of a study", "work", "CONFIG", "--task", "0")]
    [InlineData("there is no study here", "status", "FOLDER")]
    [InlineData("no study was submitted from here", "cancel", "FOLDER")]
    [InlineData("there is no study here", "merge", "FOLDER", "FOLDER", "--output", "OTHER")]
    [InlineData("is no option of sbatch", "submit", "CONFIG", "--output", "OTHER", "--sbatch", "exclude=x")]
    [InlineData("--cluster is 'sge' where one of slurm, script, local is needed", "submit", "CONFIG", "--cluster", "sge")]
    public void Bad_input_is_one_line(string problem, params string[] command)
    {
        var folder = _study.Folder("empty");
        Directory.CreateDirectory(folder);
        var result = HusaiProcess.Run(
        [
            "study", .. command.Select(word => word switch
            {
                "PLAN" => Path.Combine(folder, "submissions", "1", "plan.json"),
                "CONFIG" => _study.Configuration,
                "FOLDER" => folder,
                "OTHER" => _study.Folder("other"),
                _ => word,
            }),
        ]);
        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.Contains(problem, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
        Assert.False(Directory.Exists(_study.Folder("other")));
    }

    [Fact]
    public void A_task_of_a_plan_for_another_configuration_is_refused()
    {
        var result = Submit("changed", "--cluster", "script");
        Assert.True(result.ExitCode == ExitCode.Success, result.Error);
        var configuration = Path.Combine(_study.Folder("changed"), "config.yaml");
        File.WriteAllText(configuration, File.ReadAllText(configuration).Replace("epochs: 200", "epochs: 201", StringComparison.Ordinal));
        var plan = Path.Combine(_study.Folder("changed"), "submissions", "1", "plan.json");
        var work = HusaiProcess.Run("study", "work", plan, "--task", "0");
        Assert.Equal(ExitCode.BadInput, work.ExitCode);
        Assert.Contains("was made for another config.yaml", work.Error, StringComparison.Ordinal);

        Assert.Equal(ExitCode.Success, HusaiProcess.Run("study", "cancel", _study.Folder("changed")).ExitCode);
        Assert.Contains("was cancelled", HusaiProcess.Run("study", "work", plan, "--task", "0").Error, StringComparison.Ordinal);
        Assert.Contains("no task 99", HusaiProcess.Run("study", "work", plan, "--task", "99").Error, StringComparison.Ordinal);
    }

    private HusaiResult Submit(string name, params string[] more) =>
        HusaiProcess.Run(["study", "submit", _study.Configuration, "--output", _study.Folder(name), .. more]);
}
