using Husai.Analysis.Stability;
using Husai.Reporting.Data;
using Husai.Reporting.Tables;

namespace Husai.Reporting.Tests.Tables;

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
    public void The_verdict_stands_first_then_each_answer_behind_its_question()
    {
        var text = MarkdownTables.Write(DemoStudy.Create());

        var verdict = DemoStudy.Create().Verdict();
        var start = "# quickstart\n\n**" + verdict.Headline + "**\n\n- Do the seeds share latents, beyond chance? ";
        Assert.StartsWith(start, text, StringComparison.Ordinal);
        Assert.All(verdict.Answers(), answer => Assert.Contains($"\n- {answer.Question} ", text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_bar_in_a_name_does_not_end_a_cell()
    {
        var text = MarkdownTables.Write(new StudyReportData { Name = "s", Transformers = [new TransformerSummary { Name = "a|b" }] });

        Assert.Contains("| a\\|b |", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stability_stands_with_its_level_its_kappas_and_the_start()
    {
        var table = ReportTables.Create(DemoStudy.Create()).Single(table => table.Title == "Configurations");

        Assert.Equal(
            ["relu_8x", "1024", "594", "0.930", "41.3", "0.990", "0.580", "0.490 ± 0.0021", "0.176 [0.127, 0.225]", "0.400",
            "0.160 [0.110, 0.210]"],
            table.Rows[1]);
        Assert.Contains("kappa = (similarity − same shape) / (1 − same shape)", table.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sentences_are_those_of_the_verdict()
    {
        var table = ReportTables.Create(DemoStudy.Create()).Single(table => table.Title == "What the seeds of each configuration share");

        Assert.Equal(["topk_8x_k32", "2", Verdict.SentenceOf(AgreementFinding.NoMoreThanChance)], table.Rows[0]);
        Assert.Equal(["relu_8x", "5", Verdict.SentenceOf(AgreementFinding.SharedLatents)], table.Rows[1]);
    }

    [Fact]
    public void Restarts_have_a_column_where_there_are_any()
    {
        var data = DemoStudy.Create();
        ReportTable Table(int restarts) => ReportTables
            .Create(data with { Transformers = [.. data.Transformers.Select(one => one with { Restarts = restarts })] })
            .Single(table => table.Title == "Transformers");

        Assert.Equal(["transformer", "what it is", "grokked", "at epoch", "test accuracy", "key frequencies"], Table(0).Columns);
        Assert.Equal(
            ["transformer", "what it is", "restarts", "grokked", "at epoch", "test accuracy", "key frequencies"], Table(2).Columns);
        Assert.Equal("2", Table(2).Rows[0][2]);
        Assert.Equal([.. Table(0).Rows[0]], Table(2).Rows[0].Where((_, column) => column != 2));
    }

    [Fact]
    public void Standardised_effect_sizes_are_in_no_table() =>
        Assert.DoesNotContain("Hedges", MarkdownTables.Write(DemoStudy.Create()), StringComparison.Ordinal);
}
