using Husai.Formats.Text;
using Spectre.Console;

namespace Husai.Cli.Output;

/// <summary>The look that all tables share.</summary>
internal static class Tables
{
    /// <summary>An empty table: ruled in a terminal, columns of plain text where the output is redirected.</summary>
    /// <param name="console">Where the table will be written.</param>
    /// <param name="columns">Headings. One that starts with '#' has numbers below it and is set flush right, without the sign.</param>
    public static Table Create(IAnsiConsole console, params string[] columns)
    {
        var table = new Table { Border = console.Profile.Capabilities.Ansi ? TableBorder.Simple : TableBorder.None };
        foreach (var column in columns)
        {
            table.AddColumn(column.StartsWith('#')
                ? new TableColumn(Cell(column[1..])).RightAligned().NoWrap()
                : new TableColumn(Cell(column)).NoWrap());
        }

        return table;
    }

    /// <summary>Adds a row of plain text: brackets have no special meaning.</summary>
    public static Table AddTextRow(this Table table, params string[] cells) =>
        table.AddRow(Array.ConvertAll(cells, Cell));

    // Escaped before it is measured: the columns stay in line.
    private static Text Cell(string text) => new(PrintableText.Escape(text));
}
