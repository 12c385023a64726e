using System.Globalization;
using Husai.Explorer.Hosting;

namespace Husai.Explorer.Tables;

/// <summary>
/// A table that is sorted, filtered and turned over by links and a form: its state is in the address, and it needs no script.
/// </summary>
public sealed class TableModel
{
    /// <summary>Most rows that are shown at a time.</summary>
    internal const int RowsOnPage = 200;

    private const string SortKey = "sort";
    private const string OrderKey = "order";
    private const string FilterKey = "filter";
    private const string PageKey = "page";
    private const string Descending = "desc";
    private const string Ascending = "asc";

    private readonly string _path;
    private readonly IReadOnlyList<(string Key, string Value)> _kept;

    /// <summary>Sorts, filters and cuts.</summary>
    /// <param name="title">Heading.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="rows">All rows, in the order without a choice.</param>
    /// <param name="query">The state of the page.</param>
    /// <param name="path">Address of the page.</param>
    /// <param name="kept">What else is in its address.</param>
    /// <param name="rowsOnPage">Most rows at a time.</param>
    internal TableModel(
        string title, IReadOnlyList<TableColumn> columns, IReadOnlyList<IReadOnlyList<TableCell>> rows, PageQuery query, string path,
        IReadOnlyList<(string Key, string Value)> kept, int rowsOnPage = RowsOnPage)
    {
        (Title, Columns, _path, _kept, All) = (title, columns, path, kept, rows.Count);
        Filter = query.Text(FilterKey);
        Sorted = query.Number(SortKey) is { } column && column < columns.Count ? column : null;
        IsDescending = query.Text(OrderKey) == Descending;
        var found = Filter.Length == 0
            ? rows
            : [.. rows.Where(row => row.Any(cell => cell.Text.Contains(Filter, StringComparison.OrdinalIgnoreCase)))];
        Found = found.Count;
        Pages = Math.Max(1, (found.Count + rowsOnPage - 1) / rowsOnPage);
        Page = Math.Clamp(query.Number(PageKey) ?? 1, 1, Pages);
        Rows = [.. Order(found).Skip((Page - 1) * rowsOnPage).Take(rowsOnPage)];
    }

    /// <summary>Heading.</summary>
    public string Title { get; }

    /// <summary>The columns.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>The cells of the rows that are shown.</summary>
    public IReadOnlyList<IReadOnlyList<TableCell>> Rows { get; }

    /// <summary>What is needed to read it, or empty.</summary>
    public string Note { get; init; } = "";

    /// <summary>What is said where there are no rows at all.</summary>
    public string Nothing { get; init; } = "There are none yet.";

    /// <summary>The text that a row must have, or empty.</summary>
    public string Filter { get; }

    /// <summary>The column that it is sorted by, or null.</summary>
    public int? Sorted { get; }

    /// <summary>Whether the largest comes first.</summary>
    public bool IsDescending { get; }

    /// <summary>Rows before the filter.</summary>
    public int All { get; }

    /// <summary>Rows after it.</summary>
    public int Found { get; }

    /// <summary>The page that is shown, from 1.</summary>
    public int Page { get; }

    /// <summary>Pages in all.</summary>
    public int Pages { get; }

    /// <summary>What the form of the filter carries along.</summary>
    public IReadOnlyList<(string Key, string Value)> Carried => [.. _kept, .. Order()];

    /// <summary>Address of the page, without its state.</summary>
    public string Path => _path;

    /// <summary>The address of the table sorted by a column, the other way round where it is already.</summary>
    public string SortLink(int column)
    {
        var descending = Sorted == column ? !IsDescending : Columns[column].LargestFirst;
        return PageLinks.To(
            _path,
            [.. _kept, (SortKey, Text(column)), (OrderKey, descending ? Descending : Ascending), (FilterKey, Filter)]);
    }

    /// <summary>The address of a page.</summary>
    public string PageLink(int page) => PageLinks.To(_path, [.. _kept, .. Order(), (FilterKey, Filter), (PageKey, Text(page))]);

    /// <summary>How a column is sorted, for those who do not see it.</summary>
    public string? AriaSort(int column) => Sorted != column ? null : IsDescending ? "descending" : "ascending";

    private IReadOnlyList<(string Key, string Value)> Order() => Sorted is { } column
        ? [(SortKey, Text(column)), (OrderKey, IsDescending ? Descending : Ascending)]
        : [];

    private IEnumerable<IReadOnlyList<TableCell>> Order(IReadOnlyList<IReadOnlyList<TableCell>> rows)
    {
        if (Sorted is not { } column)
        {
            return rows;
        }

        // What has no number comes last either way.
        if (rows.Any(row => row[column].Number is not null))
        {
            var known = rows.OrderBy(row => row[column].Number is null);
            return IsDescending ? known.ThenByDescending(row => row[column].Number) : known.ThenBy(row => row[column].Number);
        }

        return IsDescending
            ? rows.OrderByDescending(row => row[column].Text, StringComparer.Ordinal)
            : rows.OrderBy(row => row[column].Text, StringComparer.Ordinal);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
