using System.Globalization;
using Husai.Reporting.Drawing;

namespace Husai.Reporting.Figures;

/// <summary>Collects the rows of a table.</summary>
internal sealed class FigureTableBuilder(params FigureColumn[] columns)
{
    private readonly List<IReadOnlyList<string>> _rows = [];

    /// <summary>Adds a row: text, numbers of any kind, or null for a missing value.</summary>
    public void Add(params ReadOnlySpan<object?> cells)
    {
        if (cells.Length != columns.Length)
        {
            throw new ArgumentException($"{cells.Length} cells for {columns.Length} columns", nameof(cells));
        }

        var row = new string[cells.Length];
        for (var index = 0; index < row.Length; index++)
        {
            row[index] = cells[index] switch
            {
                null => "",
                double number => FigureNumbers.Exact(number),
                float number => float.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "",
                IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
                var other => other.ToString() ?? "",
            };
        }

        _rows.Add(row);
    }

    public FigureTable Build() => new(columns, _rows);
}
