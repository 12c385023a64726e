namespace Husai.Reporting.Tests;

public sealed class MarkdownTablesTests
{
    [Fact]
    public void Every_row_of_a_table_has_as_many_cells_as_its_head()
    {
        var blocks = MarkdownTables.Write(DemoStudy.Create()).Split("\n\n").Where(block => block.StartsWith('|')).ToArray();

        Assert.Equal(ReportTables.Create(DemoStudy.Create()).Count, blocks.Length);
        Assert.All(blocks, block => Assert.Single(block.TrimEnd('\n').Split('\n').Select(row => row.Split('|').Length).Distinct()));
    }

    [Fact]
    public void The_verdict_stands_first()
    {
        var text = MarkdownTables.Write(DemoStudy.Create());

        Assert.StartsWith("# quickstart\n\n**" + Verdict.Of(DemoStudy.Create()).Headline + "**\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bar_in_a_name_does_not_end_a_cell()
    {
        var text = MarkdownTables.Write(new StudyReportData { Name = "s", Transformers = [new TransformerSummary { Name = "a|b" }] });

        Assert.Contains("| a\\|b |", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_score_stands_with_its_interval_and_its_chance_levels()
    {
        var scores = ReportTables.Create(DemoStudy.Create()).Single(table => table.Title == "Scores against chance");

        Assert.Equal(
            ["relu_8x", "stability: abs cosine, max, decoder, mean", "0.580 [0.555, 0.605]", "0.299", "0.490 ± 0.002", "0.176", "beyond"],
            scores.Rows[2]);
    }
}
