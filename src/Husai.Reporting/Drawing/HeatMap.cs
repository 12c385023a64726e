namespace Husai.Reporting.Drawing;

/// <summary>A table of coloured cells; a cell without a value stays empty.</summary>
internal sealed record HeatMap
{
    /// <summary>Heading, or empty.</summary>
    public string Title { get; init; } = "";

    /// <summary>Labels of the rows, from the top.</summary>
    public required IReadOnlyList<string> Rows { get; init; }

    /// <summary>Labels of the columns, from the left.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>Values by row and column; not a number for no value.</summary>
    public required Func<int, int, double> Value { get; init; }

    /// <summary>Whether a cell without a value is crossed out, by row and column.</summary>
    public Func<int, int, bool> IsCrossed { get; init; } = (_, _) => false;

    /// <summary>Value of the lightest colour.</summary>
    public required double Low { get; init; }

    /// <summary>Value of the darkest colour.</summary>
    public required double High { get; init; }

    /// <summary>Sizes of neighbouring groups of rows (and columns) to be set apart; empty for none.</summary>
    public IReadOnlyList<int> Groups { get; init; } = [];

    /// <summary>Text of a cell; two decimals by default.</summary>
    public Func<int, int, string>? CellText { get; init; }

    /// <summary>Where a cell with a value leads to, by row and column; null for nowhere.</summary>
    public Func<int, int, string?> Link { get; init; } = (_, _) => null;

    /// <summary>Position of a value between the lightest and the darkest colour.</summary>
    public double Position(double value) => High > Low ? (value - Low) / (High - Low) : 0.5;
}
