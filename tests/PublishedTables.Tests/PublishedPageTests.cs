using Husai.Analysis.Statistics;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Results;
using Husai.Reporting.Results;
using PublishedTables.Measures;

namespace PublishedTables.Tests;

public sealed class PublishedPageTests
{
    [Fact]
    public void Without_any_study_nothing_is_claimed()
    {
        var text = Text();

        Assert.Contains("Nothing of it was repeated.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("| yes |", text, StringComparison.Ordinal);
        Assert.DoesNotContain("| no |", text, StringComparison.Ordinal);
        Assert.DoesNotContain("asked right", text, StringComparison.Ordinal);
        Assert.Empty(PublishedFigures.Create(new PublishedStudies(new ResultsInput([], []), new StudyMeasures())));
    }

    [Theory]
    [InlineData(0.300, true)]
    [InlineData(0.312, true)]
    [InlineData(0.318, false)]
    [InlineData(0.287, false)]
    public void A_value_is_held_against_the_published_one(double ours, bool met) =>
        Assert.Equal(met, new Comparison("a", 0.300, ours, Spread: 0.012).IsMet);

    [Theory]
    [InlineData(0.320, true)]
    [InlineData(0.333, true)]
    [InlineData(0.290, true)]
    [InlineData(0.345, false)]
    public void Or_against_that_of_the_original_run_again(double ours, bool met) =>
        Assert.Equal(met, new Comparison("a", 0.280, ours, (0.301, 0.330), 0.012).IsMet);

    [Fact]
    public void Without_a_spread_or_a_value_nothing_is_said()
    {
        Assert.Null(new Comparison("a", 0.3, 0.3).IsMet);
        Assert.Null(new Comparison("a", 0.3, null, Spread: 0.1).IsMet);
    }

    [Fact]
    public void A_width_that_is_off_is_named() => Assert.Contains(
        "1 of 2 lie within the spread of the published value or of the original's code, run again; outside: 32 / 8.",
        Text(Made(PublishedStudies.Width(16), 0.512), Made(PublishedStudies.Width(32), 0.5)), StringComparison.Ordinal);

    [Theory]
    [InlineData(0.475, "It is arithmetic, not learning.")]
    [InlineData(0.55, "The scores differ from f + (1 - f) r by up to 0.075")]
    public void Pinning_is_held_against_its_arithmetic(double quarter, string expected) => Assert.Contains(
        expected,
        Text(Made(PublishedStudies.Subspaces, 0.3), Made(PublishedStudies.Pinned(0.25), 0.5, toReference: quarter)),
        StringComparison.Ordinal);

    [Fact]
    public void The_explained_variances_are_those_of_all_rows_under_their_names()
    {
        var text = Text(Made(PublishedStudies.HeadlineTopK, 0.3015));

        Assert.Contains("| TopK: explained variance, mean over coordinates | 0.919 | 0.912 | 0.915 |", text, StringComparison.Ordinal);
        Assert.Contains("| TopK: explained variance | 0.919 | 0.916 | 0.917 |", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "predicts every held-out pair from epoch 1 on")]
    [InlineData(12, "does not reach a held-out accuracy of 1 within ten epochs")]
    public void What_the_transformer_does_is_said(int firstPerfect, string expected)
    {
        var row = new TransformerRow(
            PublishedStudies.Original, "leaked-s0", true, 2, 1, firstPerfect, 20, false, new StudySite { Layer = 1 }, 80.6, null);
        var text = PublishedPage.Text(new PublishedStudies(new ResultsInput([row], []), new StudyMeasures()), []);

        Assert.Contains(expected, text, StringComparison.Ordinal);
        Assert.Contains("| effective rank, two layers, after the first epoch | 80.5 | 80.5 to 81.7 | 80.6 | +0.1 | 1.5 | yes |", text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_names_on_a_transformer_that_computes_are_kept_apart()
    {
        var right = Made(PublishedStudies.Width(16), 0.9, study: PublishedStudies.Right);
        var text = Text(right, Made(PublishedStudies.Width(16), 0.512));

        Assert.Contains("| 16 / 4 | 0.513 | 0.511 | 0.512 |", text, StringComparison.Ordinal);
        Assert.Contains("## The same questions, asked right", text, StringComparison.Ordinal);
    }

    private static string Text(params (ConfigurationResults Row, AsPublishedConfiguration Measured)[] made)
    {
        var measures = new StudyMeasures();
        foreach (var (row, measured) in made)
        {
            measures.Add(row, measured);
        }

        return PublishedPage.Text(new PublishedStudies(new ResultsInput([], [.. made.Select(one => one.Row)]), measures), []);
    }

    private static (ConfigurationResults Row, AsPublishedConfiguration Measured) Made(
        string name, double pwmcc, double random = 0.2988, double? toReference = null, string study = PublishedStudies.Original) =>
    (
        new ConfigurationResults
        {
            Study = study,
            Transformer = "leaked-s0",
            Family = "leaked",
            IsLeaked = true,
            Site = "L1.resid_post",
            Name = name,
            Architecture = "topk",
            Latents = 1024,
            Seeds = [new(), new(), new()],
            Steps = 900,
        },
        new AsPublishedConfiguration(
            new AsPublishedScores
            {
                PwmccAsPublished = [[1, pwmcc], [pwmcc, 1]],
                RandomPwmccAsPublished = [[1, random], [random, 1]],
                MannWhitneyAsPublished = MannWhitney.Test([pwmcc], [random]),
                SubspaceOverlapAsPublished = [new SubspaceOverlapAsPublished(8, 0.19, 0.0625)],
                FourierOverlapsAsPublished = [0.254, 0.256],
                RandomFourierOverlapsAsPublished = [0.2548, 0.2548],
            },
            toReference is { } score ? [score] : null, null, [new(0.917, 0.915, 32, 0.15)]));
}
