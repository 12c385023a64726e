using Husai.Analysis.Comparison;
using Husai.Analysis.Statistics;
using Husai.Reporting.Data;

namespace Husai.Reporting.Tests.Verdicts;

public sealed class ComparisonAnswersTests
{
    [Theory]
    [InlineData(0.1, 0.3, "Yes: over the seeds their kappas differ by")]
    [InlineData(-0.3, -0.1, "No, less: over the seeds")]
    [InlineData(-0.1, 0.3, "It cannot be told: over the seeds")]
    public void The_interval_decides(double low, double high, string expected)
    {
        var answer = Assert.Single(ComparisonAnswers.Of([Comparison(new KappaDifference((low + high) / 2, low, high, 0.01, 0.008))]));

        Assert.Equal("Do the seeds of topk agree more than those of relu?", answer.Question);
        Assert.StartsWith(expected, answer.Answer, StringComparison.Ordinal);
        Assert.EndsWith("(adjusted p 0.0200).", answer.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_kappa_nothing_is_said_and_many_comparisons_stay_a_table()
    {
        Assert.Equal("Not said: one of them has no kappa.", Assert.Single(ComparisonAnswers.Of([Comparison(null)])).Answer);
        Assert.Empty(ComparisonAnswers.Of([Comparison(null), Comparison(null), Comparison(null)]));
    }

    private static ConfigurationComparison Comparison(KappaDifference? difference) => new("seeds", new PlannedComparison(
        "topk", "relu", difference, difference is null ? null : 0.02,
        new PairTests(MannWhitney.Test([0.5, 0.6], [0.3, 0.4]), null, 2.3, "pairs are no sample")));
}
