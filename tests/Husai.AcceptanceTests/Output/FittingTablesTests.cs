using Husai.Cli.Output;
using Spectre.Console;

namespace Husai.AcceptanceTests.Output;

public sealed class FittingTablesTests
{
    private static readonly string[] Words = [
        "runs/ci/seed_1", "topk", "1024", "0.9908", "95%", "interval", "from", "0.3718", "to", "0.4107", "978092d900a8"];

    [Theory]
    [InlineData(200)]
    [InlineData(90)]
    [InlineData(80)]
    [InlineData(70)]
    [InlineData(60)]
    [InlineData(40)]
    public void No_word_is_lost_or_broken_and_no_line_is_too_long(int width)
    {
        var lines = Write(width);
        var words = lines.SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToHashSet();

        Assert.All(lines, line => Assert.True(line.Length <= width, line));
        Assert.All(
            (string[])["sae", "architecture", "latents", "explained", "variance", "spliced", "accuracy", "weights", .. Words],
            word => Assert.Contains(word, words));
    }

    [Fact]
    public void What_fits_stays_as_it_is() =>
        Assert.Contains(
            Write(200),
            line => line.Contains("explained variance", StringComparison.Ordinal) && line.Contains("weights", StringComparison.Ordinal));

    [Fact]
    public void Rules_stay_as_long_as_breaking_between_words_is_enough()
    {
        Assert.Contains(Write(105), line => line.Contains('─', StringComparison.Ordinal));
        Assert.DoesNotContain(Write(80), line => line.Contains('─', StringComparison.Ordinal));
    }

    [Fact]
    public void What_fits_in_no_way_has_a_line_for_each_column() =>
        Assert.Equal(
            ["sae runs/ci/seed_1", "architecture topk"],
            Write(40).Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Take(2));

    private static string[] Write(int width)
    {
        var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = width;
        console.Pipeline.Attach(new FittingTables());
        console.Write(
            Tables.Create(console, "sae", "architecture", "#latents", "#explained variance", "interval", "#spliced accuracy", "weights")
            .AddTextRow("runs/ci/seed_1", "topk", "1024", "0.9908", "95% interval from 0.3718 to 0.4107", "1.0000", "978092d900a8"));
        return writer.ToString().Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0).ToArray();
    }
}
