using Husai.Cli.Hosting;
using Husai.Cli.Output;

namespace Husai.AcceptanceTests.Hosting;

/// <summary>A full disk, a closed descriptor, a terminal that is gone.</summary>
public sealed class UnwritableOutputTests : IDisposable
{
    // Long enough for lines of progress, which begin after two seconds.
    private const int Seconds = 3;
    private const int ManyEpochs = 100_000;
    private readonly TinyTraining _training = new();

    public void Dispose() => _training.Dispose();

    [Theory]
    [InlineData("2>/dev/full")]
    [InlineData("2>&-")]
    public void Progress_that_cannot_be_written_ends_no_training(string redirection)
    {
        using var process = HusaiProcess.Start(_training.Arguments("lost", ManyEpochs), script: $"exec \"$@\" {redirection}");
        process.WaitUntil(() => new FileInfo(Path.Combine(_training.Path("lost"), "metrics.jsonl")) is { Exists: true, Length: > 0 });
        Assert.False(process.WaitForExit(TimeSpan.FromSeconds(Seconds)), "the training ended");

        process.Terminate();
        Assert.Equal(ExitCode.Terminated, process.Wait().ExitCode);
        Assert.True(File.Exists(Path.Combine(_training.Path("lost"), "resume.safetensors")));
    }

    [Theory]
    [InlineData("2>/dev/full")]
    [InlineData("2>&-")]
    [InlineData("0<&- >&- 2>&-")]
    public void An_error_that_cannot_be_told_keeps_its_exit_code(string redirection) =>
        Assert.Equal(
            ExitCode.BadInput, HusaiProcess.RunInShell($"exec \"$@\" {redirection}", "sae", "info", _training.Path("nowhere")).ExitCode);

    [Theory]
    [InlineData(">/dev/full", "No space left on device")]
    [InlineData(">&-", "it is closed")]
    [InlineData("0<&- >&-", "it is closed")]
    [InlineData("| true", "Broken pipe")]
    public void A_result_that_cannot_be_printed_is_saved_and_told_in_a_line(string redirection, string reason)
    {
        HusaiProcess.Run(_training.Arguments("printed"));

        var result = HusaiProcess.RunInShell($$"""{ "$@"; echo "$?" >&2; } {{redirection}}""", _training.Arguments("lost"));

        Assert.Equal(
            [$"husai: standard output cannot be written: {reason}; what the command saves is saved", "1"],
            result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith("training: ")));
        Assert.Equal(_training.Hash("printed"), _training.Hash("lost"));
    }

    [Theory]
    [InlineData("2>/dev/full")]
    [InlineData("2>&-")]
    public void A_study_ends_well_whoever_listens(string redirection)
    {
        using var study = new Study.TinyStudy();

        var result = HusaiProcess.RunInShell($"exec \"$@\" {redirection}", study.Arguments("lost"));

        Assert.Equal(ExitCode.Success, result.ExitCode);
        Assert.True(File.Exists(Path.Combine(study.Folder("lost"), "report.html")));
    }

    [Fact]
    public void Help_that_cannot_be_printed_is_a_failure() =>
        Assert.Equal(ExitCode.Failure, HusaiProcess.RunInShell("exec \"$@\" >/dev/full", "--help").ExitCode);

    [TerminalTheory]
    [InlineData(ManyEpochs)]
    public void A_terminal_that_is_gone_ends_no_training(int epochs)
    {
        // The shell's `trap` is what `disown` and nohup do: the program lives on without its terminal.
        const string pid = "husai.pid";
        var terminal = HusaiProcess.Start(
            _training.Arguments("lost", epochs),
            script: $"""exec script -qfc "trap '' HUP; $(printf "'%s' " "$@") & echo \$! > {_training.Path(pid)}; wait" /dev/null""");
        terminal.WaitUntil(() => File.Exists(Path.Combine(_training.Path("lost"), "metrics.jsonl")) && File.Exists(_training.Path(pid)));
        terminal.Kill(entireTree: false);
        using var training = System.Diagnostics.Process.GetProcessById(
            int.Parse(File.ReadAllText(_training.Path(pid)), System.Globalization.CultureInfo.InvariantCulture));

        Assert.False(training.WaitForExit(TimeSpan.FromSeconds(Seconds)), "the training ended");

        using var kill = System.Diagnostics.Process.Start("kill", ["-TERM", $"{training.Id}"]);
        Assert.True(training.WaitForExit(TimeSpan.FromMinutes(1)));
        Assert.True(File.Exists(Path.Combine(_training.Path("lost"), "resume.safetensors")));
        terminal.Dispose();
    }

    [TerminalTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Help_and_tables_come_to_an_end_in_the_narrowest_terminal(int columns)
    {
        var result = HusaiProcess.RunInShell(
            $"""command=$(printf "'%s' " "$@"); exec script -qec "stty cols {columns}; $command --help && $command --width 8 --latents 8" /dev/null""",
            "chance");

        Assert.Equal(ExitCode.Success, result.ExitCode);
        Assert.Contains("0.605161", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_writer_that_fails_is_asked_again_and_its_first_reason_kept()
    {
        using var disk = new FullDisk();
        using var writer = new FailsafeWriter(disk);

        writer.WriteLine("one");
        writer.Write('2');
        writer.Write(['3'], 0, 1);

        Assert.Equal("No space left on device 1", writer.Failure);
        Assert.Equal(3, disk.Attempts);
    }

    private sealed class FullDisk : StringWriter
    {
        public int Attempts { get; private set; }

        public override void Write(ReadOnlySpan<char> buffer) => throw new IOException($"No space left on device {++Attempts}");
    }
}
