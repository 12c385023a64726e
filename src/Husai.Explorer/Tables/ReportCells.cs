using System.Globalization;
using System.Text.RegularExpressions;
using Husai.Formats.Text;
using Husai.Reporting.Tables;

namespace Husai.Explorer.Tables;

/// <summary>The report's tables as tables that can be sorted.</summary>
internal static partial class ReportCells
{
    /// <summary>The rows of a table; a cell that begins with a number is sorted by it.</summary>
    public static IReadOnlyList<IReadOnlyList<TableCell>> Rows(ReportTable table) =>
        [.. table.Rows.Select(row => (IReadOnlyList<TableCell>)[.. row.Select(Cell)])];

    /// <summary>The columns; numbers are sorted from the largest on.</summary>
    public static IReadOnlyList<TableColumn> Columns(ReportTable table) =>
        [.. table.Columns.Select((title, column) => new TableColumn(title, LargestFirst: column > 0))];

    private static TableCell Cell(string text) => new(
        PrintableText.Escape(text),
        Number: LeadingNumber().Match(text) is { Success: true } match
            && double.TryParse(match.Value.Replace('\u2212', '-'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number
                : null);

    [GeneratedRegex(@"^[\u2212-]?\d*\.?\d+(?=$|[\s%])", RegexOptions.CultureInvariant)]
    private static partial Regex LeadingNumber();
}
