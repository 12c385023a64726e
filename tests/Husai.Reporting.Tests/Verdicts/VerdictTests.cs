using Husai.Analysis;

namespace Husai.Reporting.Tests;

public sealed class VerdictTests
{
    [Fact]
    public void A_stable_set_is_called_reproducible_and_recovered()
    {
        var verdict = Verdict.Of(Study(Sound("wide", 0.86, 0.75), Sound("narrow", 0.91, 0.8)));

        Assert.Equal("The autoencoders are reproducible beyond chance; they recover the circuit.", verdict.Headline);
        Assert.Equal("Yes: all 2 configurations are reproducible beyond the strongest chance level.", verdict.Reproducible);
        Assert.StartsWith("Yes:", verdict.Circuit, StringComparison.Ordinal);
        Assert.Equal("narrow", verdict.BestConfiguration);
        Assert.Empty(verdict.RedFlags);
        Assert.Contains("strongly", verdict.Configurations[0].Words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chance_level_set_is_called_not_reproducible()
    {
        var verdict = Verdict.Of(Study(Sound("first", 0.48, 0.5), Sound("second", 0.47, 0.52)));

        Assert.Equal("The autoencoders are not reproducible beyond chance; they do not recover the circuit beyond chance.", verdict.Headline);
        Assert.Equal("No: none of 2 configurations is reproducible beyond the strongest chance level.", verdict.Reproducible);
        Assert.StartsWith("No:", verdict.Circuit, StringComparison.Ordinal);
        Assert.Null(verdict.BestConfiguration);
        Assert.Contains("first comes closest", verdict.Best, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mixed_set_names_those_that_are_reproducible()
    {
        var verdict = Verdict.Of(Study(Sound("bad", 0.47, 0.5), Sound("good", 0.8, 0.56), Sound("middle", 0.6, 0.7)));

        Assert.Equal("Reproducibility depends on the configuration; some recover the circuit.", verdict.Headline);
        Assert.Equal("In part: 2 of 3 configurations are reproducible beyond the strongest chance level (good, middle).", verdict.Reproducible);
        Assert.Equal("Some: 1 of 3 configurations recover it (middle); in part: good.", verdict.Circuit);
        Assert.Equal("good", verdict.BestConfiguration);
        Assert.Equal(
            [Reproducibility.AtChance, Reproducibility.BeyondChance, Reproducibility.BeyondChance],
            verdict.Configurations.Select(configuration => configuration.Reproducibility));
        Assert.Equal([Recovery.NotRecovered, Recovery.PartlyRecovered, Recovery.Recovered], verdict.Configurations.Select(configuration => configuration.Recovery));
    }

    [Theory]
    [InlineData(0.05, 0.02, Reproducibility.BeyondChance)]
    [InlineData(0.05, -0.01, Reproducibility.Undecided)]
    [InlineData(-0.02, -0.05, Reproducibility.AtChance)]
    public void Over_transformers_the_differences_from_their_own_chance_levels_decide(double mean, double low, Reproducibility expected)
    {
        // The scores' own interval, which reaches far below the mean level, says nothing: each transformer has a level of its own.
        var configuration = Sound("pooled", 0.6, 0.7);
        var score = DemoStudy.Score(0.6, 0.3) with { Excess = new Interval(mean, 0.01, low, (2 * mean) - low, 0.95, 3) };

        var verdict = Verdict.Of(Study(configuration with { Stability = score }));

        Assert.Equal(expected, verdict.Configurations[0].Reproducibility);
    }

    [Fact]
    public void Above_isotropic_but_not_above_covariance_matched_chance_is_not_beyond_chance()
    {
        var verdict = Verdict.Of(Study(Sound("low_rank", 0.45, 0.5)));

        Assert.Equal(Reproducibility.AtChance, verdict.Configurations[0].Reproducibility);
        Assert.StartsWith("No: the configuration is not reproducible", verdict.Reproducible, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interval_that_reaches_chance_is_undecided_and_asks_for_seeds()
    {
        var verdict = Verdict.Of(Study(Sound("wide", 0.52, 0.5) with { Stability = DemoStudy.Score(0.52, 0.1) }));

        Assert.Equal(Reproducibility.Undecided, verdict.Configurations[0].Reproducibility);
        Assert.Equal("Undecided: no interval lies wholly above the strongest chance level. More seeds would decide wide.", verdict.Reproducible);
        Assert.Null(verdict.BestConfiguration);
    }

    [Fact]
    public void The_uncertainty_of_a_simulated_level_counts()
    {
        var score = DemoStudy.Score(0.55, 0.03) with { CovarianceChance = new ChanceLevel(0.51, 0.015, 4) };

        Assert.Equal(Reproducibility.Undecided, AboveChance.Of(score));
        Assert.Equal(Reproducibility.BeyondChance, AboveChance.Of(score with { CovarianceChance = new ChanceLevel(0.51, 0.001, 400) }));
    }

    [Fact]
    public void Nothing_measured_claims_nothing()
    {
        var verdict = Verdict.Of(Study(new ConfigurationSummary { Name = "bare", Architecture = "TopK" }));

        Assert.StartsWith("The study does not measure reproducibility", verdict.Headline, StringComparison.Ordinal);
        Assert.StartsWith("Not measured", verdict.Reproducible, StringComparison.Ordinal);
        Assert.StartsWith("Not measured", verdict.Circuit, StringComparison.Ordinal);
        Assert.Null(verdict.BestConfiguration);
    }

    [Fact]
    public void A_score_without_chance_level_or_without_interval_is_not_measured()
    {
        Assert.Equal(Reproducibility.NotMeasured, AboveChance.Of(DemoStudy.Score(0.9, 0.01, isotropic: null, covariance: null)));
        Assert.Equal(
            Reproducibility.NotMeasured,
            AboveChance.Of(DemoStudy.Score(0.9, 0.01) with { Value = new Interval(0.9, null, null, null, 0.95, 1) }));
    }

    [Fact]
    public void The_best_configuration_has_no_red_flag_on_quality_even_if_another_is_more_stable()
    {
        var collapsed = Sound("collapsed", 0.95, 0.7) with { DeadFraction = Exactly(0.6) };

        var verdict = Verdict.Of(Study(collapsed, Sound("sound", 0.8, 0.7)));

        Assert.Equal("sound", verdict.BestConfiguration);
        Assert.Equal("collapsed", Verdict.Of(Study(collapsed)).BestConfiguration);
        Assert.Contains("with reservations", Verdict.Of(Study(collapsed)).Best, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rival_whose_interval_overlaps_is_named()
    {
        var verdict = Verdict.Of(Study(Sound("first", 0.81, 0.7), Sound("second", 0.8, 0.7), Sound("third", 0.6, 0.7)));

        Assert.EndsWith("Its interval overlaps that of second.", verdict.Best, StringComparison.Ordinal);
    }

    private static StudyReportData Study(params ConfigurationSummary[] configurations) => new() { Name = "study", Configurations = configurations };

    private static ConfigurationSummary Sound(string name, double stability, double overlap) => DemoStudy.Configuration(name, "TopK", 128, "k", 8, stability, overlap, detailed: false);

    private static Interval Exactly(double value) => new(value, 0, value, value, 0.95, 5);
}
