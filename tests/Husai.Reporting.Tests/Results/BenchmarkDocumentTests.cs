using Husai.Analysis.Chance;
using Husai.Analysis.Worlds;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Results;
using Husai.Reporting.Results.Benchmark;
using Husai.Reporting.Results.Worlds;

namespace Husai.Reporting.Tests.Results;

/// <summary>The page on SynthSAEBench, from numbers that were made up.</summary>
public sealed class BenchmarkDocumentTests
{
    private static readonly BenchmarkRow[] Rows =
    [
        .. from rows in (int[])[1_000_000, 3_000_000, 10_000_000, 30_000_000]
           select Row("batchtopk", rows, 0.75 - 300 / Math.Sqrt(rows), 2),
        Row("matryoshka", 10_000_000, 0.8, 1), Row("relu", 10_000_000, 0.5, 1),
    ];

    [Fact]
    public void Ours_stand_beside_the_published_values_with_their_difference()
    {
        var text = Text(Rows);

        Assert.Contains("| matryoshka-l25 | 10,000,000 | 1 | 0.800 | 0.879 ± 0.0021 | \u22120.079 |", text, StringComparison.Ordinal);
        Assert.Contains("| relu-l25 | 10,000,000 | 1 | 0.500 | 0.604 ± 0.0012 | \u22120.104 |", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_architecture_with_several_budgets_is_extrapolated()
    {
        var text = Text(Rows);

        Assert.Contains("1,000,000, 3,000,000, 10,000,000, 30,000,000", text, StringComparison.Ordinal);
        Assert.Contains("| batchtopk | 25 | F1 |", text, StringComparison.Ordinal);
        Assert.DoesNotContain("| matryoshka | 25 | F1 |", text, StringComparison.Ordinal);
        Assert.NotNull(BudgetQuestion.Figure(Rows));
        Assert.Null(BudgetQuestion.Figure(Rows[4..]));
        Assert.Contains("**Not measured: it takes an architecture with three numbers", Text(Rows[4..]), StringComparison.Ordinal);
    }

    [Fact]
    public void SAEs_whose_latents_are_mostly_dead_are_not_extrapolated()
    {
        Assert.Contains("more than 30% dead latents", Text(Rows), StringComparison.Ordinal);
        var first = Rows[0].Saes;
        var dead = first.Truth with { Seeds = [.. first.Truth.Seeds.Select(seed => seed with { Dead = first.Saes.Latents })] };

        var text = Text([Rows[0] with { Saes = first with { Truth = dead } }, .. Rows[1..]]);

        Assert.Contains("| batchtopk | 25 | F1 | 3,000,000, 10,000,000, 30,000,000 |", text, StringComparison.Ordinal);
    }

    // Four points on a straight line of the logarithm are at 1.2 at the published number.
    [Fact]
    public void What_a_fit_comes_to_is_a_possible_score()
    {
        BenchmarkRow[] rows =
            [.. ((int[])[3_000_000, 5_000_000, 7_500_000, 10_000_000]).Select(
                count => Row("batchtopk", count, 1.2 - 0.2 * Math.Log(2e8 / count), 1))];

        Assert.Contains(
            "3,000,000, 5,000,000, 7,500,000, 10,000,000 | 1.000 [1.000, 1.000] |", Text(rows), StringComparison.Ordinal);
    }

    [Fact]
    public void A_published_value_that_neither_law_reaches_is_said_to_be_outside()
    {
        string Towards(double limit) => Text(
            [.. ((int[])[3_000_000, 5_000_000, 7_500_000, 10_000_000, 20_000_000]).Select(
                count => Row("batchtopk", count, limit - 300 / Math.Sqrt(count), 1))]);

        Assert.Contains("| 0.732 | above |", Towards(0.5), StringComparison.Ordinal);
        Assert.Contains("| 0.732 | inside |", Towards(0.78), StringComparison.Ordinal);
        Assert.Contains("| 0.732 | below |", Towards(0.95), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.55, "below the last, where the score goes")]
    [InlineData(0.4, "above the last")]
    public void A_score_that_is_past_its_highest_is_not_extrapolated(double last, string published)
    {
        BenchmarkRow[] rows =
        [
            Row("matching_pursuit", 1_000_000, 0.3, 1), Row("matching_pursuit", 3_000_000, 0.5, 1),
            Row("matching_pursuit", 5_000_000, 0.6, 1), Row("matching_pursuit", 10_000_000, last, 1),
        ];

        Assert.Contains(
            $"10,000,000 | 0.600 at 5,000,000, then lower: {last:0.000} at 10,000,000 | – | 0.446 | {published} |", Text(rows),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_order_of_the_architectures_is_that_of_the_numbers()
    {
        Assert.Contains(
            "**At L0 25 and 10,000,000 samples the order by F1, best first, is matryoshka, batchtopk, relu; published: matryoshka, "
                + "batchtopk, relu (rank correlation 1.00).**",
            Text(Rows), StringComparison.Ordinal);
        Assert.Contains("**Not measured: it takes three architectures", Text(Rows[..4]), StringComparison.Ordinal);
    }

    private static string Text(IReadOnlyList<BenchmarkRow> rows) =>
        BenchmarkDocument.Text(rows, [], ["husai study report runs/x --results docs/results-synthsae.md"]);

    private static BenchmarkRow Row(string architecture, int rows, double score, int seeds)
    {
        var name = $"{architecture}-l25";
        var level = new ChanceLevel(0.148, 0.0002, 2);
        var truth = new TruthResult(
            new RecoveryChance(level, level, level, level),
            [.. Enumerable.Range(1, seeds).Select(seed => Truth(seed, score))], null, [], null);
        return new BenchmarkRow(
            new StudyWorld { Name = "world", Rows = rows }, new WorldRow(name, MadeUpResults.Right(name, 0.5, 0.3), truth), architecture,
            25);
    }

    private static SeedTruth Truth(int seed, double score) =>
        new(seed, score, 0.9, 0.1, 0.8, 0.8, score, 0.02, 25, 34.5, 3, 0.79, [], null);
}
