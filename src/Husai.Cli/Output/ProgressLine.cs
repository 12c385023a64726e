using System.Globalization;
using System.Text;
using Husai.Formats.Text;

namespace Husai.Cli.Output;

/// <summary>
/// Tells how far a long piece of work has come: share done, rate and time left. In a terminal one line is rewritten in
/// place; elsewhere a plain line comes about every five seconds. Work of under two seconds prints nothing.
/// </summary>
internal sealed class ProgressLine : IDisposable
{
    internal static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly TextWriter _writer;
    private readonly int _terminalWidth;
    private readonly TimeProvider _time;
    private readonly string _activity;
    private readonly long _total;
    private readonly long _first;
    private readonly string _unit;
    private readonly long _start;
    private TimeSpan _due;
    private int _shownLength;

    /// <summary>Starts the clock.</summary>
    /// <param name="writer">Standard error.</param>
    /// <param name="terminalWidth">Columns of the terminal, or 0 if the writer is not one.</param>
    /// <param name="time">The clock.</param>
    /// <param name="activity">What is being done.</param>
    /// <param name="total">Number of steps, or 0 if it is not known.</param>
    /// <param name="first">Steps done before the clock started.</param>
    /// <param name="unit">What is counted, in the plural.</param>
    /// <param name="silence">How long nothing is printed; two seconds by default.</param>
    public ProgressLine(
        TextWriter writer, int terminalWidth, TimeProvider time, string activity, long total, long first = 0, string unit = "steps",
        TimeSpan? silence = null)
    {
        _due = silence ?? Silence;
        _writer = writer;
        _terminalWidth = terminalWidth;
        _time = time;
        _activity = activity;
        _total = total;
        _first = first;
        _unit = unit;
        _start = time.GetTimestamp();
    }

    /// <summary>Tells that <paramref name="step"/> steps are done in all. Cheap to call often, and from any thread.</summary>
    /// <param name="step">Steps done, those before the start included.</param>
    /// <param name="note">Printed after the numbers, such as the loss.</param>
    public void Report(long step, string? note = null)
    {
        var elapsed = _time.GetElapsedTime(_start);
        lock (_lock)
        {
            if (elapsed < _due)
            {
                return;
            }

            _due = elapsed + (_terminalWidth > 0 ? TerminalInterval : PlainInterval);
            Show(Describe(step, elapsed, note));
        }
    }

    /// <summary>Clears the line in a terminal.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_shownLength > 0)
            {
                _writer.Write($"\r{new string(' ', _shownLength)}\r");
                _shownLength = 0;
            }

            _due = TimeSpan.MaxValue;
        }
    }

    private void Show(string line)
    {
        if (_terminalWidth == 0)
        {
            _writer.WriteLine(line);
            return;
        }

        // A full last column would move the cursor to the next line.
        var shown = line.Length < _terminalWidth ? line : line[..(_terminalWidth - 1)];
        _writer.Write($"\r{shown}{new string(' ', Math.Max(0, _shownLength - shown.Length))}");
        _shownLength = shown.Length;
    }

    private string Describe(long step, TimeSpan elapsed, string? note)
    {
        var text = new StringBuilder(_activity).Append(": ");
        if (_total > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{100 * step / _total}% ({step}/{_total})");
        }
        else
        {
            text.Append(CultureInfo.InvariantCulture, $"{step} {_unit}");
        }

        var rate = (step - _first) / elapsed.TotalSeconds;
        if (rate > 0)
        {
            text.Append(
                CultureInfo.InvariantCulture, $", {rate.ToString(rate < 10 ? "0.00" : "0", CultureInfo.InvariantCulture)} {_unit}/s");
            if (_total > step)
            {
                text.Append(CultureInfo.InvariantCulture, $", {Duration((_total - step) / rate)} left");
            }
        }

        return PrintableText.Line((note is null ? text : text.Append(", ").Append(note)).ToString());
    }

    private static string Duration(double seconds) => seconds >= TimeSpan.FromDays(100).TotalSeconds
        ? "over 100 days"
        : Durations.Clock(TimeSpan.FromSeconds(Math.Ceiling(seconds)));
}
