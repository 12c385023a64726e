namespace Husai.Reporting.Tables;

/// <summary>A table for reading: every cell is text.</summary>
/// <param name="Title">Heading.</param>
/// <param name="Columns">Column headings.</param>
/// <param name="Rows">The cells; the first column names the row.</param>
/// <param name="Note">What the reader needs to know, or empty.</param>
public sealed record ReportTable(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, string Note = "")
{
    /// <summary>Whether it is one to look things up in, after the figures, rather than a result.</summary>
    public bool IsDetail { get; init; }
}
