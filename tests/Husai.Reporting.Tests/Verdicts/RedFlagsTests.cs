using Husai.Analysis;

namespace Husai.Reporting.Tests;

public sealed class RedFlagsTests
{
    private static readonly ConfigurationSummary Sound = DemoStudy.Configuration("sound", "TopK", 128, "k", 32, 0.8, 0.7, detailed: false);

    public static TheoryData<string, double, bool> Limits => new()
    {
        { "low_explained_variance", 0.69, true },
        { "low_explained_variance", 0.71, false },
        { "dead_latents", 0.31, true },
        { "dead_latents", 0.29, false },
        { "too_sparse", 15.9, true },
        { "too_sparse", 16.1, false },
        { "low_overlap", 0.29, true },
        { "low_overlap", 0.31, false },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public void A_number_beyond_its_limit_raises_its_flag(string code, double value, bool raised)
    {
        var interval = new Interval(value, 0.01, value - 0.02, value + 0.02, 0.95, 5);
        var configuration = code switch
        {
            "low_explained_variance" => Sound with { ExplainedVariance = interval },
            "dead_latents" => Sound with { DeadFraction = interval },
            "too_sparse" => Sound with { L0 = interval },
            _ => Sound with { GroundTruth = Sound.GroundTruth! with { Value = interval } },
        };

        Assert.Equal(raised ? [code] : [], RedFlags.Of(configuration).Select(flag => flag.Code));
    }

    [Fact]
    public void Few_seeds_and_a_missing_covariance_level_are_flags()
    {
        var configuration = Sound with { Seeds = [.. Sound.Seeds.Take(2)], Stability = DemoStudy.Score(0.8, 0.02, covariance: null) };

        Assert.Equal(["weak_chance_only", "few_seeds"], RedFlags.Of(configuration).Select(flag => flag.Code));
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

        var flags = RedFlags.Of(data);

        Assert.Equal(["not_grokked", "failed_run"], flags.Select(flag => flag.Code));
        Assert.Contains("41%", flags[0].Message, StringComparison.Ordinal);
        Assert.Equal(("topk/seed-3", "The run failed: out of disk"), (flags[1].Subject, flags[1].Message));
    }

    [Fact]
    public void A_sound_configuration_has_none() => Assert.Empty(RedFlags.Of(Sound));
}
