using Husai.Cli.Output;
using Husai.Experiments.Jobs;
using Husai.Formats.Text;

namespace Husai.AcceptanceTests.Output;

public sealed class JobProgressTests : IDisposable
{
    // Sets the title of a terminal, clears it, and begins a line of its own.
    private const string Evil = "\u001b]0;pwned\u0007\u001b[2J\rsaes/s1: done";
    private readonly StringWriter _writer = new();

    private string[] Lines => _writer.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public void Nothing_that_is_told_of_jobs_steers_the_terminal()
    {
        using var progress = new JobProgress(_writer, terminalWidth: 0, activity: Evil);

        progress.Failed(Evil, Evil);
        progress.Damaged(Evil, Evil);
        progress.Progress(new RunProgress(1, 3, 0.5, TimeSpan.FromSeconds(20), null, [new RunningJob(Evil, 0.5, Evil, 1)]));

        Assert.Equal(4, Lines.Length);
        Assert.All(Lines, line => Assert.Equal(PrintableText.Line(line), line));
        Assert.All(Lines, line => Assert.Contains(@"\u001b]0;pwned\u0007", line, StringComparison.Ordinal));
    }

    [Fact]
    public void In_a_terminal_the_escaped_line_is_cut_to_its_width()
    {
        const int width = 40;
        using var progress = new JobProgress(_writer, width, "study");

        progress.Progress(
            new RunProgress(1, 3, 0.5, TimeSpan.FromSeconds(20), null, [new RunningJob(new string('\u0007', 30), 0.5, "", 1)]));

        Assert.All(Lines, line => Assert.InRange(line.Length, 1, width - 1));
    }

    public void Dispose() => _writer.Dispose();
}
