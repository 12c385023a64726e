using System.Text.Json;
using System.Text.RegularExpressions;
using Husai.Analysis.Functional;
using Husai.Analysis.Statistics;
using Husai.Experiments.Studies.Results;
using Husai.Reporting.Data;
using Husai.Reporting.Figures;
using Husai.Reporting.Summary;
using Husai.Reporting.Tables;

namespace Husai.Reporting.Tests.Summary;

public sealed partial class SummaryJsonTests
{
    [Fact]
    public void The_keys_of_the_document_are_those_that_are_documented()
    {
        var data = DemoStudy.Create();
        var first = data.Configurations[0];
        var pooled = first with
        {
            BaselineOf = "another",
            ControlOf = "a third",
            Function = [new FunctionScore { Matcher = FunctionMatcher.NearestDecoder }],
            Spliced = new SplicedOutput { Rows = 100, Zero = 0.1, Mean = 0.2 },
            Transformers =
            [
                new ConfigurationResults
                {
                    Name = first.Name,
                    Architecture = first.Architecture,
                    Transformer = "quick-s0",
                    Stability = first.Stability,
                },
            ],
        };
        var stored = new ActivationsSummary
        {
            Name = "minilm",
            Site = "resid_post.3",
            Rows = 10,
            Width = 4,
            EffectiveRank = 3.5,
            Hash = "a1b2",
        };
        var restarted = data.Transformers[0] with { Restarts = 1 };
        using var document = JsonDocument.Parse(SummaryJson.Write(
            data with { Activations = [stored], Configurations = [pooled], Transformers = [restarted] }));
        var documented = Key().Matches(SummaryJson.DocumentKeys()).Select(match => match.Groups[1].Value).ToHashSet();
        var root = document.RootElement;
        var configuration = root.GetProperty("configurations")[0];

        Assert.Equal(documented.Order(), new[]
        {
            Keys("", root), Keys("transformers[].", root.GetProperty("transformers")[0]), Keys("configurations[].", configuration),
            Keys("activations[].", root.GetProperty("activations")[0]),
            Keys("configurations[].spliced.", configuration.GetProperty("spliced")),
            Keys("configurations[].stability.", configuration.GetProperty("stability")),
            Keys("configurations[].circuit.", configuration.GetProperty("circuit")),
            Keys("configurations[].other_scores[].", configuration.GetProperty("other_scores")[0]),
            Keys("comparisons[].", root.GetProperty("comparisons")[0]),
            Keys("configurations[].transformers[].", configuration.GetProperty("transformers")[0]),
            Keys("configurations[].seeds[].", configuration.GetProperty("seeds")[0]),
            Keys("configurations[].dynamics[].", configuration.GetProperty("dynamics")[0]),
        }.SelectMany(keys => keys).Order());
    }

    [Fact]
    public void Numbers_keep_all_their_bits()
    {
        var data = DemoStudy.Create();
        using var document = JsonDocument.Parse(SummaryJson.Write(data));
        var stability = document.RootElement.GetProperty("configurations")[1].GetProperty("stability");

        Assert.Equal(data.Configurations[1].Stability!.Value.Low, stability.GetProperty("interval").GetProperty("low").GetDouble());
        Assert.Equal(data.Configurations[1].Stability!.Kappa!.Value, stability.GetProperty("kappa").GetProperty("value").GetDouble());
        Assert.Equal(5, stability.GetProperty("verdict").GetInt32());
    }

    [Fact]
    public void Machine_and_time_do_not_reach_the_summary()
    {
        var data = DemoStudy.Create();
        var elsewhere = data with { Environment = [new("processor", "another")], Timings = [new StageTiming("train", 1, 1)] };

        Assert.Equal(SummaryJson.Write(data), SummaryJson.Write(elsewhere));
    }

    [Fact]
    public void A_value_that_is_not_finite_is_null()
    {
        var data = new StudyReportData
        {
            Name = "study",
            Configurations = [
                new ConfigurationResults
                {
                    Name = "diverged",
                    Architecture = "ReLU",
                    L0 = new Interval(double.NaN, null, null, null, 0.95, 1),
                }],
        };
        using var document = JsonDocument.Parse(SummaryJson.Write(data));

        Assert.Equal(
            JsonValueKind.Null, document.RootElement.GetProperty("configurations")[0].GetProperty("l0").GetProperty("mean").ValueKind);
    }

    [Fact]
    public void Report_data_read_back_from_json_give_the_same_report()
    {
        var data = DemoStudy.Create();

        var again = StudyReportJson.Read(StudyReportJson.Write(data));

        Assert.Equal(SummaryJson.Write(data), SummaryJson.Write(again));
        Assert.Equal(ReportFigures.Create(data).Select(figure => figure.Svg), ReportFigures.Create(again).Select(figure => figure.Svg));
        Assert.Equal(MarkdownTables.Write(data), MarkdownTables.Write(again));
    }

    private static IEnumerable<string> Keys(string where, JsonElement element) =>
        element.EnumerateObject().Select(property => where + property.Name);

    [GeneratedRegex(@"\| `([^`]+)` \|")]
    private static partial Regex Key();
}
