using Husai.Cli.Output;

namespace Husai.AcceptanceTests.Output;

public sealed class ProgressLineTests : IDisposable
{
    private readonly StringWriter _writer = new();
    private readonly ManualTime _time = new();

    private string[] Lines => _writer.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public void Short_work_prints_nothing()
    {
        using (var progress = Create(total: 10))
        {
            _time.Advance(1.99);
            progress.Report(10);
        }

        Assert.Empty(_writer.ToString());
    }

    [Fact]
    public void A_redirected_line_tells_share_rate_and_time_left()
    {
        using var progress = Create(total: 1000);
        _time.Advance(2);
        progress.Report(100, "loss 0.5");

        Assert.Equal(["training: 10% (100/1000), 50 steps/s, 0:18 left, loss 0.5"], Lines);
    }

    [Fact]
    public void Redirected_lines_come_every_five_seconds()
    {
        using var progress = Create(total: 1000);
        for (var tenths = 1; tenths <= 130; tenths++)
        {
            _time.Advance(0.1);
            progress.Report(tenths);
        }

        Assert.Equal(3, Lines.Length);
    }

    [Fact]
    public void Steps_from_before_the_start_do_not_count_in_the_rate()
    {
        using var progress = Create(total: 1000, first: 900);
        _time.Advance(4);
        progress.Report(920);

        Assert.Equal(["training: 92% (920/1000), 5.00 steps/s, 0:16 left"], Lines);
    }

    [Fact]
    public void Without_a_total_there_is_neither_share_nor_time_left()
    {
        using var progress = Create(total: 0);
        _time.Advance(2);
        progress.Report(7);

        Assert.Equal(["training: 7 steps, 3.50 steps/s"], Lines);
    }

    [Fact]
    public void Hours_are_shown_as_hours()
    {
        using var progress = Create(total: 10_000);
        _time.Advance(100);
        progress.Report(100);

        Assert.EndsWith("2:45:00 left", Assert.Single(Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void Work_that_has_not_moved_has_no_rate()
    {
        using var progress = Create(total: 10);
        _time.Advance(3);
        progress.Report(0);

        Assert.Equal(["training: 0% (0/10)"], Lines);
    }

    [Fact]
    public void In_a_terminal_one_line_is_rewritten_and_cleared()
    {
        using (var progress = Create(total: 4, terminalWidth: 20))
        {
            _time.Advance(2);
            progress.Report(1);
            _time.Advance(0.05);
            progress.Report(2);
            _time.Advance(0.05);
            progress.Report(3);
        }

        var written = _writer.ToString().Split('\r', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["training: 25% (1/4)", "training: 75% (3/4)", new string(' ', 19)], written);
    }

    [Fact]
    public void Nothing_follows_the_end()
    {
        var progress = Create(total: 4);
        progress.Dispose();
        _time.Advance(10);
        progress.Report(4);

        Assert.Empty(_writer.ToString());
    }

    public void Dispose() => _writer.Dispose();

    private ProgressLine Create(long total, long first = 0, int terminalWidth = 0) =>
        new(_writer, terminalWidth, _time, "training", total, first);

    private sealed class ManualTime : TimeProvider
    {
        private long _milliseconds;

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => _milliseconds;

        public void Advance(double seconds) => _milliseconds += (long)Math.Round(seconds * 1000);
    }
}
