using Husai.Analysis.Chance;
using Husai.Analysis.Verdicts;
using Husai.Experiments.Studies.Results;
using Husai.Reporting.Results;
using static Husai.Reporting.Tests.Results.MadeUpResults;

namespace Husai.Reporting.Tests.Results;

public sealed class ResultsDocumentTests
{
    [Fact]
    public void Without_any_row_nothing_is_claimed()
    {
        var text = Text();

        Assert.Contains("**Not measured.**", text, StringComparison.Ordinal);
        Assert.DoesNotContain("re-made:", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Yes", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.95, 0.5, "**Yes: in 1 of 1 configurations")]
    [InlineData(0.805, 0.5, "**Perhaps: 1 of 1 configurations")]
    [InlineData(0.6, 0.5, "**No: of 1 configurations none")]
    [InlineData(0.85, 0.84, "**No: of 1 configurations none")]
    public void A_zone_is_claimed_only_beyond_chance(double shared, double chance, string expected) =>
        Assert.Contains(expected, Text(Right("a", shared, chance)), StringComparison.Ordinal);

    [Fact]
    public void A_configuration_that_is_in_the_zone_on_one_transformer_only_is_not_in_it()
    {
        double[] shared = [0.95, 0.5, 0.5];
        var rows = shared.Select((value, seed) => Right("a", value, 0.5, transformer: $"quick-s{seed}")).ToArray();

        Assert.Contains("**No: of 1 configurations none", Text(rows), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_learnt_on_a_leaked_task_answers_no_question() =>
        Assert.Contains(
            "## Is there a zone in which features are reproducible?\n\nOf 0 SAEs in 0 configurations", Text(Leaked("a", 0.99)),
            StringComparison.Ordinal);

    [Fact]
    public void Architectures_rank_by_their_most_stable_configuration()
    {
        var text = Text(Right("a", 0.5, 0.4), Right("b", 0.8, 0.4, architecture: "jumprelu"), Right("c", 0.9, 0.89, architecture: "gated"));

        Assert.Contains("jumprelu > topk > gated", text, StringComparison.Ordinal);
        Assert.Contains("The interval of jumprelu lies above that of topk.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Intervals_that_overlap_leave_the_first_place_open() => Assert.Contains(
        "The intervals of topk and jumprelu overlap", Text(Right("a", 0.805, 0.4), Right("b", 0.8, 0.4, architecture: "jumprelu")),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(0.7, 0.5, 0.6, "**Yes: 1 of 1 pass all three**")]
    [InlineData(0.7, 0.5, 0.7, "1 both, 0 above the neurons")]
    [InlineData(0.7, 0.75, 0.6, "1 are above 0.6, 0 recover it")]
    [InlineData(0.55, 0.5, 0.2, "0 are above 0.6, 1 recover it")]
    public void A_circuit_is_recovered_only_where_all_three_hold(double overlap, double dataPoints, double neurons, string expected) =>
        Assert.Contains(
            expected,
            Text(Right("a", 0.5, 0.4) with { Circuit = DemoStudy.Circuit(overlap, dataPoints: dataPoints), NeuronOverlap = neurons }),
            StringComparison.Ordinal);

    [Theory]
    [InlineData(1, "**Yes, over these 8 configurations: agreement rises with recovery (rank correlation 1.00).**")]
    [InlineData(-1, "**No, rather the opposite")]
    public void Agreement_and_recovery_are_correlated(int sign, string expected) => Assert.Contains(
        expected,
        Text(
            [
                .. Enumerable.Range(0, 8).Select(i =>
                    Right($"c{i}", 0.5 + 0.05 * i, 0.4) with { Circuit = DemoStudy.Circuit(0.5 + sign * 0.05 * i), ProbeR2 = 0.5 })]),
        StringComparison.Ordinal);

    [Fact]
    public void Measures_of_recovery_that_contradict_each_other_are_both_named() => Assert.Contains(
        "**It depends on what recovery is: over these 8 configurations agreement rises with the choice of the circuit's planes (rank "
            + "correlation 1.00) and falls with R² of probes of 4 latents (\u22121.00).**",
        Text(
            [
                .. Enumerable.Range(0, 8).Select(i =>
                    Right($"c{i}", 0.5 + 0.05 * i, 0.4) with { Circuit = DemoStudy.Circuit(0.5 + 0.05 * i), ProbeR2 = 0.9 - 0.1 * i })]),
        StringComparison.Ordinal);

    [Fact]
    public void The_strongest_predictor_is_named()
    {
        var rows = Enumerable.Range(0, 10).Select(i =>
            Right($"c{i}", 0.5 + 0.04 * i, 0.4) with { L0 = Around(50 - i), Latents = 64 + 7 * i % 5 }).ToArray();

        Assert.Contains(
            "**Most of all L0: over 10 configurations chance-corrected stability falls with it (rank correlation \u22121.00).**",
            Text(rows), StringComparison.Ordinal);
    }

    [Fact]
    public void Agreement_forms_when_most_of_its_rise_is_there()
    {
        DynamicsSummary Point(long step, double similarity, double variance) => new()
        {
            Step = step,
            ToOtherSeeds = Around(similarity),
            Chance = 0.4,
            ToFinalSelf = Around(0.5),
            ExplainedVariance = Around(variance),
        };
        var row = Right("a", 0.8, 0.4) with
        {
            Dynamics = [Point(0, 0.2, 0), Point(250, 0.4, 0.95), Point(500, 0.79, 0.96), Point(1000, 0.8, 0.97)],
        };

        var text = Text(row);

        Assert.Contains("**Agreement rises in 1 of 1 configurations. It reaches 90% of its rise after 50.0% of the steps (median); "
            + "explained variance reaches 90% after 25.0%.**", text, StringComparison.Ordinal);
        Assert.Contains("SAEs reconstruct well before they agree.", text, StringComparison.Ordinal);

        var rising = row with { Dynamics = [Point(0, 0.2, 0), Point(500, 0.4, 0.95), Point(1000, 0.8, 0.97)] };
        Assert.Contains(
            "It was still rising at the last snapshot (median); explained variance reaches 90% after 50.0%.**", Text(rising),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Failures_and_leaks_are_said()
    {
        var data = new ResultsInput(
            [Transformer(isLeaked: true, firstPerfect: 12), Transformer(isLeaked: false) with { PassesGate = false }], []);
        var text = ResultsDocument.Text(data, [], ["x"], ["goldilocks: saes/a"]);

        Assert.Contains("Failed or left out: goldilocks: saes/a.", text, StringComparison.Ordinal);
        Assert.Contains("| leaked | leaked-s0 | leaked-label | 1 |", text, StringComparison.Ordinal);
        Assert.Contains(
            "Not all transformers pass the gate of a clean circuit: quick-s0 (quickstart).", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_are_drawn_for_what_was_measured()
    {
        Assert.Empty(ResultsFigures.Create(new ResultsInput([], [])));
        var rows = new[]
        {
            Right("a", 0.5, 0.4) with { Circuit = DemoStudy.Circuit(0.5) },
            Right("b", 0.6, 0.4) with { Circuit = DemoStudy.Circuit(0.6) },
            Leaked("c", 0.5),
        };

        Assert.Equal([ResultsFigures.Recovery], ResultsFigures.Create(new ResultsInput([], rows)).Select(figure => figure.Id));
    }
}
