using Spectre.Console;
using Spectre.Console.Rendering;

namespace Husai.Cli.Output;

/// <summary>
/// Makes tables fit a terminal: cells break between words, then rules go, and what still does not fit is written row by row, each column on
/// a line of its own. Left to themselves tables break numbers, and leave out columns (Spectre.Console 0.57.2: at 40 columns all of seven
/// but an ellipsis).
/// </summary>
internal sealed class FittingTables : IRenderHook
{
    // Wider than any terminal, to learn what a table would take.
    private const int Unlimited = 1 << 20;

    public IEnumerable<IRenderable> Process(RenderOptions options, IEnumerable<IRenderable> renderables) =>
        renderables.Select(renderable => renderable is Table table ? Fit(table, options) : renderable);

    private static Table Fit(Table table, RenderOptions options)
    {
        var columns = table.Columns.Select((column, index) => Widths(table, column, index, options)).ToArray();
        foreach (var border in (TableBorder[])[table.Border, TableBorder.None])
        {
            table.Border = border;
            if (!border.Visible)
            {
                // Room is kept for padding on both sides of a cell, though without rules only one is written.
                foreach (var column in table.Columns)
                {
                    column.Padding = new Padding(0, 0, 1, 0);
                }
            }

            var rules = ((IRenderable)table).Measure(options, Unlimited).Max - columns.Sum(column => column.Max);
            var room = options.ConsoleSize.Width - rules;
            if (columns.Sum(column => column.Max) <= room)
            {
                return table;
            }

            if (columns.Sum(column => column.Min) <= room)
            {
                foreach (var (column, width) in table.Columns.Zip(Share(columns, room)))
                {
                    column.NoWrap = false;
                    column.Width = width;
                }

                return table;
            }
        }

        return Records(table);
    }

    // Of a column: the longest word, and the longest cell.
    private static Measurement Widths(Table table, TableColumn column, int index, RenderOptions options)
    {
        var cells = table.Rows.Select(row => row.ElementAt(index)).Prepend(column.Header).Select(cell => cell.Measure(options, Unlimited))
            .ToList();
        return new Measurement(cells.Max(cell => cell.Min), cells.Max(cell => cell.Max));
    }

    // Every column as wide as its longest word, and of what is left as much to one that wants more as to another.
    private static int[] Share(Measurement[] columns, int room)
    {
        var widths = Array.ConvertAll(columns, column => column.Min);
        var left = room - widths.Sum();
        while (left > 0)
        {
            for (var index = 0; index < widths.Length && left > 0; index++)
            {
                if (widths[index] < columns[index].Max)
                {
                    widths[index]++;
                    left--;
                }
            }
        }

        return widths;
    }

    private static Table Records(Table table)
    {
        var records = new Table { Border = TableBorder.None, ShowHeaders = false };
        records.AddColumn(new TableColumn("").NoWrap()).AddColumn("");
        foreach (var row in table.Rows)
        {
            foreach (var (column, cell) in table.Columns.Zip(row))
            {
                records.AddRow(column.Header, cell);
            }

            records.AddEmptyRow();
        }

        return records;
    }
}
