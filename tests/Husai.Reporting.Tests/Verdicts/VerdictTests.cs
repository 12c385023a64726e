using Husai.Analysis.Chance;
using Husai.Analysis.Circuits;
using Husai.Analysis.Comparison;
using Husai.Analysis.Stability;
using Husai.Analysis.Statistics;
using Husai.Analysis.Verdicts;
using Husai.Analysis.Worlds;
using Husai.Experiments.Studies.Results;
using Husai.Reporting.Data;
using Husai.Reporting.Tables;

namespace Husai.Reporting.Tests.Verdicts;

public sealed class VerdictTests
{
    [Fact]
    public void Seeds_that_share_latents_and_recover_the_circuit_are_said_to()
    {
        var verdict = Study(Sound("wide", 0.86, 0.75), Sound("narrow", 0.91, 0.8)).Verdict();

        Assert.Equal("Seeds share latents beyond chance; all recover the circuit.", verdict.Headline);
        Assert.Equal($"Yes. wide, narrow: {Verdict.SentenceOf(AgreementFinding.SharedLatents)}.", verdict.Reproducible);
        Assert.Equal("Yes: wide, narrow.", verdict.Circuit);
        Assert.Equal("narrow", verdict.BestConfiguration);
        Assert.Empty(verdict.RedFlags);
    }

    [Fact]
    public void A_frozen_baseline_that_explains_as_much_is_named_and_changes_no_other_answer()
    {
        static ConfigurationResults Explaining(ConfigurationResults configuration, double mean) =>
            configuration with { ExplainedVariance = new Interval(mean, 0.005, mean - 0.01, mean + 0.01, 0.95, 5) };
        ConfigurationResults[] learnt = [Explaining(Sound("wide", 0.86, 0.75), 0.95), Explaining(Sound("narrow", 0.91, 0.8), 0.98)];
        var equal = Explaining(Sound("wide+frozen_decoder", 0.47, 0.3), 0.935) with { BaselineOf = "wide" };
        var lower = Explaining(Sound("narrow+frozen_decoder", 0.47, 0.3), 0.5) with { BaselineOf = "narrow" };

        var without = Study(learnt).Verdict();
        var verdict = Study(learnt[0], equal, learnt[1], lower).Verdict();

        const string Sentence = "The explained variance of wide (0.950 [0.940, 0.960]) is no higher than that of wide+frozen_decoder "
            + "(0.935 [0.925, 0.945]): it does not show that what is frozen there was learnt.";
        Assert.Null(without.Baselines);
        Assert.Equal($"In 1 of 2. {Sentence}", verdict.Baselines);
        Assert.EndsWith(Sentence, verdict.Configurations[0].Words, StringComparison.Ordinal);
        Assert.Equal(without.Configurations[1].Words, verdict.Configurations[2].Words);
        Assert.Equal(
            (without.Headline, without.Reproducible, without.Circuit, without.Best, 0),
            (verdict.Headline, verdict.Reproducible, verdict.Circuit, verdict.Best, verdict.RedFlags.Count));
        Assert.Equal(
            [.. without.Answers().Select(answer => answer.Answer), verdict.Baselines],
            verdict.Answers().Select(answer => answer.Answer));
        Assert.Equal("No: each configuration explains more variance than its baselines.", Study(learnt[1], lower).Verdict().Baselines);
        var unknown = lower with { ExplainedVariance = new Interval(0.9, null, null, null, 0.95, 1) };
        Assert.StartsWith("Not said", Study(learnt[1], unknown).Verdict().Baselines, StringComparison.Ordinal);
    }

    [Fact]
    public void Agreement_that_a_control_reaches_is_named_and_changes_no_other_answer()
    {
        ConfigurationResults[] learnt = [Sound("wide", 0.86, 0.75), Sound("narrow", 0.91, 0.8)];
        var equal = Sound("wide @ random", 0.87, 0.3) with { ControlOf = "wide" };
        var lower = Sound("narrow @ random", 0.47, 0.3) with { ControlOf = "narrow" };

        var without = Study(learnt).Verdict();
        var verdict = Study(learnt[0], equal, learnt[1], lower).Verdict();

        Assert.Null(without.Controls);
        Assert.Equal("In 1 of 2: wide. That agreement does not come from what the network learnt.", verdict.Controls);
        Assert.Contains("is no higher than that of wide @ random", verdict.Configurations[0].Words, StringComparison.Ordinal);
        Assert.Equal(without.Configurations[1].Words, verdict.Configurations[2].Words);
        Assert.Equal(
            (without.Headline, without.Reproducible, without.Circuit, without.Best, without.RedFlags.Count),
            (verdict.Headline, verdict.Reproducible, verdict.Circuit, verdict.Best, verdict.RedFlags.Count));
        Assert.Equal(
            "No: the seeds of each configuration agree more on the trained network.", Study(learnt[1], lower).Verdict().Controls);
        Assert.StartsWith("Not said", Study(learnt[1], lower with { Stability = null }).Verdict().Controls, StringComparison.Ordinal);
    }

    [Fact]
    public void Seeds_at_chance_are_said_to_be()
    {
        var verdict = Study(Sound("first", 0.48, 0.3), Sound("second", 0.47, 0.31)).Verdict();

        Assert.Equal("No configuration's seeds share latents beyond chance; none recovers the circuit.", verdict.Headline);
        Assert.Equal($"No. first, second: {Verdict.SentenceOf(AgreementFinding.NoMoreThanChance)}.", verdict.Reproducible);
        Assert.StartsWith("No:", verdict.Circuit, StringComparison.Ordinal);
        Assert.Null(verdict.BestConfiguration);
        Assert.StartsWith("None:", verdict.Best, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mixed_set_names_what_each_comes_to()
    {
        var verdict = Study(Sound("bad", 0.47, 0.3), Sound("good", 0.8, 0.4), Sound("middle", 0.6, 0.7)).Verdict();

        Assert.Equal("In 2 of 3 configurations seeds share latents beyond chance; 1 of 3 recovers the circuit.", verdict.Headline);
        Assert.StartsWith("In 2 of 3. good, middle: ", verdict.Reproducible, StringComparison.Ordinal);
        Assert.Equal("In 1 of 3: middle.", verdict.Circuit);
        Assert.Equal([verdict.Reproducible, verdict.Circuit, verdict.Best], verdict.Answers().Select(answer => answer.Answer));
        Assert.Equal("Do they recover the circuit? In 1 of 3: middle.", verdict.Answers()[1].ToText());
        Assert.Equal("good", verdict.BestConfiguration);
        Assert.Equal([2, 5, 5], verdict.Configurations.Select(configuration => configuration.Agreement!.Number!.Value));
        Assert.Equal([false, false, true], verdict.Configurations.Select(configuration => configuration.RecoversCircuit!.Value));
    }

    [Fact]
    public void Seeds_that_cover_the_same_ground_share_no_latents()
    {
        var verdict = Study(Sound("ground", 0.8, 0.7) with { Stability = DemoStudy.Score(0.8, 0.02, turned: 0.8) }).Verdict();

        Assert.Equal(4, verdict.Configurations[0].Agreement!.Number);
        Assert.StartsWith("No configuration's seeds share latents", verdict.Headline, StringComparison.Ordinal);
        Assert.Null(verdict.BestConfiguration);
    }

    [Fact]
    public void Without_turning_nothing_is_called_reproducible()
    {
        var verdict = Study(Sound("alike", 0.8, 0.7) with { Stability = DemoStudy.Score(0.8, 0.02, turned: null) }).Verdict();

        Assert.Null(verdict.Configurations[0].Agreement!.Number);
        Assert.StartsWith("Some seeds are more alike than chance, not tested against turning", verdict.Headline, StringComparison.Ordinal);
        Assert.Null(verdict.BestConfiguration);
    }

    [Fact]
    public void Over_transformers_their_kappas_are_the_sample()
    {
        // Levels that differ more than the scores do: the scores' own interval says nothing.
        var pooled = StabilityScore.OverModels(
            [DemoStudy.Score(0.6, 0.02, 0.3, 0.3), DemoStudy.Score(0.8, 0.02, 0.65, 0.65), DemoStudy.Score(0.9, 0.02, 0.825, 0.825)]);

        Assert.Equal(0.4286, pooled.Kappa!.Value, 4);
        Assert.Equal(3, pooled.Kappa.Seeds);
        Assert.InRange(pooled.Kappa.High!.Value - pooled.Kappa.Low!.Value, 0, 0.001);
        Assert.Equal(5, pooled.Verdict!.Number);
        Assert.Equal((0.3 + 0.65 + 0.825) / 3, pooled.Levels.SameShape.Value, 12);
    }

    [Fact]
    public void Of_two_transformers_the_wider_ends_count()
    {
        var pooled = StabilityScore.OverModels([DemoStudy.Score(0.6, 0.02), DemoStudy.Score(0.48, 0.02)]);

        Assert.Equal(DemoStudy.Score(0.48, 0.02).Kappa!.Low, pooled.Kappa!.Low);
        Assert.Equal(DemoStudy.Score(0.6, 0.02).Kappa!.High, pooled.Kappa.High);
        Assert.Equal(2, pooled.Verdict!.Number);
    }

    [Fact]
    public void A_circuit_that_is_recovered_on_each_of_two_transformers_is_recovered_on_both()
    {
        // Overlaps and data points that differ between the two: each is above its own data points.
        var pooled = CircuitScore.OverModels([DemoStudy.Circuit(0.6, dataPoints: 0.3), DemoStudy.Circuit(0.8, dataPoints: 0.4)]);

        Assert.Equal(CircuitFinding.Recovered, pooled.Finding);
    }

    [Fact]
    public void A_circuit_that_is_not_recovered_on_one_of_two_transformers_is_not_recovered_on_both()
    {
        Assert.Equal(
            CircuitFinding.NoCloserThanDataPoints, CircuitScore.OverModels([DemoStudy.Circuit(0.8), DemoStudy.Circuit(0.46)]).Finding);
        Assert.Equal(CircuitFinding.NoChoiceOfPlane, CircuitScore.OverModels([DemoStudy.Circuit(0.8), DemoStudy.Circuit(0.31)]).Finding);
    }

    [Fact]
    public void One_sae_on_each_of_two_transformers_says_nothing_of_the_circuit()
    {
        var one = DemoStudy.Circuit(0.6) with
        {
            Overlap = new Interval(0.6, null, null, null, 0.95, 1),
            Kappa = new Kappa(0.4, null, null, null, 1),
            Finding = CircuitFinding.OneSae,
        };

        foreach (var other in new[] { one, DemoStudy.Circuit(0.8) })
        {
            var pooled = CircuitScore.OverModels([one, other]);

            Assert.Null(pooled.Kappa.Low);
            Assert.Equal(CircuitFinding.OneSae, pooled.Finding);
            Assert.Null(pooled.RecoversCircuit);
        }

        Assert.Equal(CircuitFinding.Recovered, CircuitScore.OverModels([one, one, one]).Finding);
    }

    [Fact]
    public void A_kappa_without_meaning_is_not_told_in_digits()
    {
        var overlap = new Interval(0.2, 0.01, 0.19, 0.21, 0.95, 3);
        var choice = new PlaneChoice(0.2, new ChanceLevel(0.8, 0.01, 200), 0.1, 1);
        var verdict = new CircuitVerdict(
            CircuitFinding.NoChoiceOfPlane, ["a"], overlap, overlap, new Interval(-3, 0.1, -3.4, -2.6, 0.95, 3), choice,
            new CircuitReferences(0.1, choice, choice));

        Assert.Contains("kappa < -1 [< -1, < -1]", verdict.Sentence, StringComparison.Ordinal);
        Assert.Equal("< \u22121", TableText.Kappa(-3.0));
        Assert.Equal("\u22120.500", TableText.Kappa(-0.5));
        Assert.Equal("0.000", TableText.Kappa(-0.0001));
        Assert.Equal(TableText.Missing, TableText.Kappa(double.NaN));
    }

    [Fact]
    public void Comparisons_over_transformers_flip_the_signs_of_their_differences()
    {
        var pairs = new PairTests(MannWhitney.Test([0.5, 0.6], [0.3, 0.4]), null, 0, "");
        PlannedComparison Of(double difference) => new("a", "b", new KappaDifference(difference, null, null, 0.01, 0.01), null, pairs);

        var pooled = PlannedComparison.OverModels([Of(0.1), Of(0.2), Of(0.3), new("a", "c", null, null, pairs)]).Single();

        Assert.Equal(0.2, pooled.Difference!.Value, 12);
        Assert.Equal(0.25, pooled.Difference.P!.Value, 12);
        Assert.Equal(0.25, pooled.Difference.PFloor!.Value, 12);
        Assert.Equal(0.25, pooled.AdjustedP!.Value, 12);
    }

    [Fact]
    public void Nothing_measured_claims_nothing()
    {
        var verdict = Study(new ConfigurationResults { Name = "bare", Architecture = "TopK" }).Verdict();

        Assert.StartsWith("The study does not say whether seeds share latents", verdict.Headline, StringComparison.Ordinal);
        Assert.StartsWith("Not said", verdict.Reproducible, StringComparison.Ordinal);
        Assert.Equal(verdict.Reproducible, verdict.Best);
        Assert.StartsWith("Not said", verdict.Circuit, StringComparison.Ordinal);
        Assert.Null(verdict.BestConfiguration);
    }

    [Fact]
    public void On_worlds_the_truth_is_their_features()
    {
        var (low, high) = (OnWorld("low", 0.3, 0.31), OnWorld("high", 0.7, 0.72));

        var verdict = Study(low, high).Verdict();

        Assert.Equal("Seeds share latents beyond chance; latents match features best at MCC 0.710 (chance 0.148).", verdict.Headline);
        Assert.Equal("Not said: worlds have features and no circuit.", verdict.Circuit);
        Assert.Equal("From the best: high MCC 0.710 (chance 0.148), low MCC 0.305 (chance 0.148).", verdict.Features);
        Assert.Equal(verdict.Features, verdict.Answers()[2].Answer);
        Assert.EndsWith("; MCC 0.305 (chance 0.148) with the features.", verdict.Configurations[0].Words, StringComparison.Ordinal);
        var table = ReportTables.Create(Study(low, high)).Single(table => table.Title == "Recovery of the features");
        Assert.Equal(
            [
                "low", "0.800", "0.020", "0.305 [0.241, 0.369]", "0.148 ± 0.0002", "0.900", "0.148 ± 0.0002", "0.100", "25.0", "34.5",
                "3 of 128",
            ],
            table.Rows[0]);
        var unmeasured = Study(low with { Truth = null }).Verdict();
        Assert.Equal("Seeds share latents beyond chance; recovery of the features was not measured.", unmeasured.Headline);
        Assert.StartsWith("Not said", unmeasured.Features, StringComparison.Ordinal);
        Assert.Null(Study(Sound("on a network", 0.8, 0.7)).Verdict().Features);
        var mixed = Study(low, Sound("on a network", 0.8, 0.7)).Verdict();
        Assert.Equal(("Yes: on a network.", "From the best: low MCC 0.305 (chance 0.148)."), (mixed.Circuit, mixed.Features));
    }

    private static ConfigurationResults OnWorld(string name, params double[] mcc)
    {
        var level = new ChanceLevel(0.148, 0.0002, 4);
        return Sound(name, 0.8, 0.7) with
        {
            Circuit = null,
            Known = KnownTruth.Features,
            Truth = new TruthResult(
                new RecoveryChance(level, level, level, level),
                [.. mcc.Select((value, seed) => new SeedTruth(seed, value, 0.9, 0.1, 0.8, 0.8, 0.8, 0.02, 25, 34.5, 3, 0.79, [], null))],
                0.7, [], null),
        };
    }

    [Fact]
    public void The_best_configuration_has_no_red_flag_on_quality_even_if_another_is_more_stable()
    {
        var collapsed = Sound("collapsed", 0.95, 0.7) with { DeadFraction = Exactly(0.6) };

        Assert.Equal("sound", Study(collapsed, Sound("sound", 0.8, 0.7)).Verdict().BestConfiguration);
        Assert.Equal("collapsed", Study(collapsed).Verdict().BestConfiguration);
        Assert.Contains("with reservations", Study(collapsed).Verdict().Best, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rival_whose_interval_overlaps_is_named() => Assert.EndsWith(
        "Its interval overlaps that of second.",
        Study(Sound("first", 0.81, 0.7), Sound("second", 0.8, 0.7), Sound("third", 0.6, 0.7)).Verdict().Best, StringComparison.Ordinal);

    private static StudyReportData Study(params ConfigurationResults[] configurations) =>
        new() { Name = "study", Configurations = configurations };

    private static ConfigurationResults Sound(string name, double stability, double overlap) =>
        DemoStudy.Configuration(name, "TopK", 128, "k", 8, stability, overlap, detailed: false);

    private static Interval Exactly(double value) => new(value, 0, value, value, 0.95, 5);
}
