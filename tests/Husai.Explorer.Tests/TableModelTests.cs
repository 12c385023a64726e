using Husai.Explorer.Hosting;
using Husai.Explorer.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Husai.Explorer.Tests;

public sealed class TableModelTests
{
    private static readonly TableColumn[] Columns = [new("name"), new("value", LargestFirst: true)];

    private static readonly IReadOnlyList<TableCell>[] Rows =
    [
        [new("b"), new("10", Number: 10)],
        [new("a"), new("none")],
        [new("c"), new("9", Number: 9)],
    ];

    [Theory]
    [InlineData("", "b a c")]
    [InlineData("sort=0&order=asc", "a b c")]
    [InlineData("sort=0&order=desc", "c b a")]
    [InlineData("sort=1&order=asc", "c b a")]
    [InlineData("sort=1&order=desc", "b c a")]
    [InlineData("sort=7", "b a c")]
    [InlineData("sort=-1", "b a c")]
    [InlineData("filter=9", "c")]
    [InlineData("filter=NONE", "a")]
    [InlineData("filter=nothing", "")]
    public void It_is_as_its_address_says(string query, string names) =>
        Assert.Equal(names, string.Join(' ', Table(query).Rows.Select(row => row[0].Text)));

    [Theory]
    [InlineData("", 1, "b a")]
    [InlineData("page=2", 2, "c")]
    [InlineData("page=9", 2, "c")]
    [InlineData("page=0", 1, "b a")]
    public void It_is_turned_over(string query, int page, string names)
    {
        var table = Table(query, rowsOnPage: 2);

        Assert.Equal((page, 2), (table.Page, table.Pages));
        Assert.Equal(names, string.Join(' ', table.Rows.Select(row => row[0].Text)));
    }

    [Fact]
    public void Links_keep_the_rest_of_the_state()
    {
        var table = Table("sort=1&order=desc&filter=9");

        Assert.Equal("/page?run=x%2Fy&sort=1&order=asc&filter=9", table.SortLink(1));
        Assert.Equal("/page?run=x%2Fy&sort=0&order=asc&filter=9", table.SortLink(0));
        Assert.Equal("/page?run=x%2Fy&sort=1&order=desc&filter=9&page=2", table.PageLink(2));
        Assert.Equal([("run", "x/y"), ("sort", "1"), ("order", "desc")], table.Carried);
    }

    private static TableModel Table(string query, int rowsOnPage = 100) => new(
        "Values", Columns, Rows, new PageQuery(new QueryCollection(QueryHelpers.ParseQuery(query))), "/page", [("run", "x/y")], rowsOnPage);
}
