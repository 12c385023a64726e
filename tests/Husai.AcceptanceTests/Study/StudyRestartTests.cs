using System.Text.Json;
using Husai.Cli.Hosting;

namespace Husai.AcceptanceTests.Study;

public sealed class StudyRestartTests : IDisposable
{
    private readonly TinyStudy _study = new();

    public StudyRestartTests() => _study.Replace(
        "clean_up_epochs: 20", "clean_up_epochs: 20, clean_up_until_gate: true, restarts: 1, restart_after: 50");

    public void Dispose() => _study.Dispose();

    [Fact]
    public void The_restarts_of_a_transformer_stand_in_the_results_and_tables_of_its_study()
    {
        var result = HusaiProcess.Run(_study.Arguments("run"));
        Assert.True(result.ExitCode == ExitCode.Success, result.Error);
        using var summary = JsonDocument.Parse(_study.Summary("run"));
        var tables = File.ReadAllText(Path.Combine(_study.Folder("run"), "tables.md"));
        var report = File.ReadAllText(Path.Combine(_study.Folder("run"), "report.html"));
        var path = Directory.GetFiles(Path.Combine(_study.Folder("run"), "transformers"), "result.json", SearchOption.AllDirectories);
        using var own = JsonDocument.Parse(File.ReadAllText(path.Single()));

        Assert.Equal(1, own.RootElement.GetProperty("restarts").GetInt32());
        Assert.Equal(1, summary.RootElement.GetProperty("transformers")[0].GetProperty("restarts").GetInt32());
        Assert.Contains("| transformer | what it is | restarts | grokked |", tables, StringComparison.Ordinal);
        Assert.Contains("epochs of restart 1, seed 0", tables, StringComparison.Ordinal);
        Assert.Contains("The curves are of restart 1, the start that counts.", report, StringComparison.Ordinal);
    }

    [Fact]
    public void A_transformer_whose_starts_all_fail_the_gate_says_which_was_the_last()
    {
        _study.Replace("- name: small", "- name: small\n    gate: require");
        var result = HusaiProcess.Run(_study.Arguments("run"));

        Assert.Contains("the transformer does not pass the gate at restart 1, the last: ", result.Error, StringComparison.Ordinal);
    }
}
