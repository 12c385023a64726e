using System.ComponentModel;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Husai.Experiments.Studies.Results;
using Husai.Reporting.Data;

namespace Husai.Reporting.Summary;

/// <summary><c>summary.json</c> and the documentation of its keys.</summary>
internal static class SummaryJson
{
    private static readonly (string Where, Type Type)[] Documented =
    [
        ("", typeof(StudySummary)), ("transformers[].", typeof(TransformerEntry)), ("activations[].", typeof(ActivationsSummary)),
        ("configurations[].", typeof(ConfigurationEntry)),
        ("configurations[].stability.", typeof(StabilityEntry)), ("configurations[].circuit.", typeof(CircuitEntry)),
        ("configurations[].other_scores[].", typeof(ScoreSummary)), ("configurations[].transformers[].", typeof(TransformerScoresEntry)),
        ("configurations[].seeds[].", typeof(SeedEntry)),
        ("configurations[].spliced.", typeof(SplicedOutput)),
        ("configurations[].dynamics[].", typeof(DynamicsSummary)), ("comparisons[].", typeof(ComparisonEntry)),
    ];

    /// <summary>The summary as an indented JSON document that ends with a line feed: the same data, the same bytes.</summary>
    public static string Write(StudyReportData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return JsonSerializer.Serialize(StudySummary.Of(data), ReportJsonOptions.Indented) + "\n";
    }

    /// <summary>Every key with its meaning, as a Markdown table.</summary>
    public static string DocumentKeys()
    {
        var text = new StringBuilder("| key | meaning |\n| --- | --- |\n");
        foreach (var (where, type) in Documented)
        {
            foreach (var property in type.GetProperties())
            {
                var name = JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
                var meaning = property.GetCustomAttribute<DescriptionAttribute>()?.Description
                    ?? throw new InvalidOperationException($"{type.Name}.{property.Name} has no description");
                text.Append("| `").Append(where).Append(name).Append("` | ").Append(meaning).Append(" |\n");
            }
        }

        return text.ToString();
    }
}
