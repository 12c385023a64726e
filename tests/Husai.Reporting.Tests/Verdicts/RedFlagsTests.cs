using Husai.Analysis.Stability;
using Husai.Analysis.Statistics;
using Husai.Analysis.Verdicts;
using Husai.Autoencoders.Options;
using Husai.Reporting.Data;

namespace Husai.Reporting.Tests.Verdicts;

public sealed class RedFlagsTests
{
    private static readonly ConfigurationMeasures Sound = DemoStudy.Configuration("sound", "TopK", 128, "k", 32, 0.8, 0.7, detailed: false)
        .Measures();

    public static TheoryData<string, double, bool> Limits => new()
    {
        { "low_explained_variance", 0.69, true },
        { "low_explained_variance", 0.71, false },
        { "low_spliced_accuracy", 0.89, true },
        { "low_spliced_accuracy", 0.91, false },
        { "dead_latents", 0.31, true },
        { "dead_latents", 0.29, false },
        { "too_sparse", 15.9, true },
        { "too_sparse", 16.1, false },
        { "near_initialisation", 0.91, true },
        { "near_initialisation", 0.89, false },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public void A_number_beyond_its_limit_raises_its_flag(string code, double value, bool raised)
    {
        var interval = new Interval(value, 0.01, value - 0.02, value + 0.02, 0.95, 5);
        var measures = code switch
        {
            "low_explained_variance" => Sound with { ExplainedVariance = interval },
            "low_spliced_accuracy" => Sound with { SplicedAccuracy = interval },
            "dead_latents" => Sound with { DeadFraction = interval },
            "too_sparse" => Sound with { L0 = interval },
            _ => Sound with { Stability = Sound.Stability! with { CosineToStart = value } },
        };

        Assert.Equal(raised ? [code] : [], RedFlags.Of(measures).Select(flag => flag.Code));
        Assert.Equal(!raised, RedFlags.IsSound(measures));
    }

    [Fact]
    public void The_limits_are_those_of_the_configuration()
    {
        var explained = new Interval(0.6, 0.01, 0.58, 0.62, 0.95, 5);

        Assert.Empty(
            RedFlags.Of(Sound with { ExplainedVariance = explained, Limits = new CheckOptions { LowestExplainedVariance = 0.5 } }));
        Assert.Contains(
            "0.60 is below 0.65",
            RedFlags.Of(Sound with { ExplainedVariance = explained, Limits = new CheckOptions { LowestExplainedVariance = 0.65 } })
                .Single().Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Dead_latents_are_counted() =>
        Assert.Contains(
            "64 of 128 are live", RedFlags.Of(Sound with { DeadFraction = new Interval(0.5, 0, 0.5, 0.5, 0.95, 5) }).Single().Message,
            StringComparison.Ordinal);

    [Fact]
    public void Few_seeds_and_few_transformers_are_flags() =>
        Assert.Equal(["few_seeds", "few_transformers"], RedFlags.Of(Sound with { FewestSeeds = 2, Models = 2 }).Select(flag => flag.Code));

    [Fact]
    public void A_shared_start_is_a_flag()
    {
        var stability = Sound.Stability! with { Kappa = null, Verdict = Verdict.Of(true, null, null, 0.9, null, null) };

        Assert.Equal(["shared_start"], RedFlags.Of(Sound with { Stability = stability }).Select(flag => flag.Code));
    }

    [Fact]
    public void A_transformer_that_has_not_grokked_and_a_failed_run_are_flags()
    {
        var data = new StudyReportData
        {
            Name = "study",
            Transformers = [new TransformerSummary { Name = "add113", Grokked = false, TestAccuracy = 0.41 }],
            Failures = [new FailedRun("topk/seed-3", "out of disk")],
        };

        var flags = data.Verdict().RedFlags;

        Assert.Equal(["not_grokked", "failed_run"], flags.Select(flag => flag.Code));
        Assert.Contains("41%", flags[0].Message, StringComparison.Ordinal);
        Assert.Equal(("topk/seed-3", "The run failed: out of disk"), (flags[1].Subject, flags[1].Message));
    }

    [Fact]
    public void A_sound_configuration_has_none() => Assert.Empty(RedFlags.Of(Sound));
}
