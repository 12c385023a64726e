using Husai.Cli.Output;
using Spectre.Console;

namespace Husai.AcceptanceTests.Output;

public sealed class TablesTests
{
    [Fact]
    public void A_redirected_table_is_plain_text_that_never_wraps()
    {
        var writer = new StringWriter();
        var name = new string('x', 200);
        new ConsoleOutput(writer, TextWriter.Null).Result(0, console =>
            console.Write(Tables.Create(console, "name", "#value").AddTextRow(name, "0.5").AddTextRow("[k]", "12")));

        var rows = writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(row => string.Join('|', row.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));
        Assert.Equal(["name|value", $"{name}|0.5", "[k]|12"], rows);
        Assert.DoesNotContain('\e', writer.ToString());
    }
}
