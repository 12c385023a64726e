using Husai.Analysis.Statistics;
using Husai.Analysis.Verdicts;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Results;
using Husai.Reporting.Results;

namespace Husai.Reporting.Tests.Results;

/// <summary>Rows with numbers that were made up.</summary>
internal static class MadeUpResults
{
    public static ConfigurationResults Right(
        string name, double stability, double chance, string study = "goldilocks", string transformer = "quick-s0",
        string architecture = "topk") =>
        new()
        {
            Study = study,
            Transformer = transformer,
            Site = "L0.resid_post",
            Name = name,
            Architecture = architecture,
            Latents = 64,
            Seeds = [new(), new(), new()],
            Steps = 1000,
            EffectiveRank = 25,
            L0 = Around(4),
            ExplainedVariance = Around(0.9),
            Stability = Score(stability, chance),
            Shared = Score(stability, chance),
        };

    /// <summary>On a transformer whose label stands in its input.</summary>
    public static ConfigurationResults Leaked(string name, double stability) =>
        Right(name, stability, 0.3, "leaked", "leaked-s0") with { IsLeaked = true, Site = "L1.resid_post" };

    public static TransformerRow Transformer(bool isLeaked, int? firstPerfect = 1) =>
        new(
            isLeaked ? "leaked" : "quickstart", isLeaked ? "leaked-s0" : "quick-s0", isLeaked, 1, 1,
            firstPerfect, 10, true, new StudySite { Layer = 0 }, 80, null);

    public static StabilityScore Score(double value, double chance) => DemoStudy.Score(value, 0.01, chance, chance);

    public static Interval Around(double value) => new(value, 0.005, value - 0.01, value + 0.01, 0.95, 5);

    public static string Text(params ConfigurationResults[] rows) =>
        ResultsDocument.Text(new ResultsInput([], rows), [], ["husai study report runs/x --results docs/results.md"], []);
}
