using System.Globalization;
using System.Text;
using Husai.Experiments.Jobs;
using Husai.Formats.Text;

namespace Husai.Cli.Output;

/// <summary>
/// Tells how far a run of many jobs has come: a line for the whole with the time left, and one for each job at work. In a terminal the
/// lines are rewritten in place; elsewhere they come about every ten seconds. A run of under two seconds prints nothing but failures.
/// </summary>
internal sealed class JobProgress(TextWriter writer, int terminalWidth, string activity) : IJobObserver, IDisposable
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(10);

    private TimeSpan _due = Silence;
    private int _shownLines;

    public void Progress(RunProgress progress)
    {
        if (progress.Elapsed < _due)
        {
            return;
        }

        _due = progress.Elapsed + (terminalWidth > 0 ? TerminalInterval : PlainInterval);
        Clear();
        foreach (var line in Lines(progress))
        {
            // A full last column would move the cursor to the next line.
            var shown = PrintableText.Line(line);
            writer.WriteLine(terminalWidth == 0 || shown.Length < terminalWidth ? shown : shown[..(terminalWidth - 1)]);
            _shownLines += terminalWidth > 0 ? 1 : 0;
        }
    }

    public void Failed(string job, string reason)
    {
        Clear();
        WriteLine($"{job}: failed: {reason}");
    }

    public void Damaged(string job, string damage)
    {
        Clear();
        WriteLine($"{job}: damaged: {damage}; the study computes it again");
    }

    /// <summary>Clears the lines in a terminal.</summary>
    public void Dispose() => Clear();

    private IEnumerable<string> Lines(RunProgress progress)
    {
        var whole = new StringBuilder(activity).Append(CultureInfo.InvariantCulture,
            $": {100 * progress.Fraction:0}%, {progress.Done} of {progress.Total} jobs done, {Durations.Clock(progress.Elapsed)} so far");
        if (progress.Left is { } left && progress.Done < progress.Total)
        {
            whole.Append(CultureInfo.InvariantCulture, $", about {Durations.Clock(left)} left");
        }

        return [whole.ToString(), .. progress.Running.Select(Describe)];
    }

    // Names of jobs and files are the user's, and may hold what a terminal obeys.
    private void WriteLine(string text) => writer.WriteLine(PrintableText.Line(text));

    private static string Describe(RunningJob job)
    {
        var text = new StringBuilder("  ").Append(job.Name).Append(CultureInfo.InvariantCulture, $": {100 * job.Fraction:0}%");
        return (job.Note.Length > 0 ? text.Append(", ").Append(job.Note) : text).ToString();
    }

    private void Clear()
    {
        if (_shownLines > 0)
        {
            // Up to the first line, and erase all below.
            writer.Write($"\u001b[{_shownLines}F\u001b[J");
            _shownLines = 0;
        }
    }
}
