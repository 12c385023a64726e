using System.Text;

namespace Husai.Reporting.Figures;

/// <summary>The numbers behind a figure.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">The cells, in the order of the columns.</param>
public sealed record FigureTable(IReadOnlyList<FigureColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>
    /// The table as CSV (RFC 4180): a line of column names, lines that end with a line feed, empty cells for missing values.
    /// </summary>
    public string ToCsv()
    {
        var text = new StringBuilder();
        AppendLine(text, Columns.Select(column => column.Name));
        foreach (var row in Rows)
        {
            AppendLine(text, row);
        }

        return text.ToString();
    }

    private static void AppendLine(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(Quote)).Append('\n');

    private static string Quote(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
