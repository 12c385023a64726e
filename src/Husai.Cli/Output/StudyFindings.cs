using System.Globalization;
using Husai.Reporting;

namespace Husai.Cli.Output;

/// <summary>What is printed of a study.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Summary">Its summary, as JSON.</param>
/// <param name="Rows">The cells of the table, a row for each configuration.</param>
/// <param name="Sentences">The verdict.</param>
internal sealed record StudyFindings(string Name, string Summary, IReadOnlyList<string[]> Rows, IReadOnlyList<string> Sentences)
{
    public static StudyFindings Of(StudyReportData data)
    {
        var verdict = Verdict.Of(data);
        return new StudyFindings(
            data.Name, SummaryJson.Write(data), [.. data.Configurations.Select(Row)],
            [
                verdict.Headline, verdict.Reproducible, verdict.Circuit, verdict.Best,
                .. verdict.RedFlags.Select(flag => $"Red flag: {flag.Subject}: {flag.Message}"),
            ]);
    }

    private static string[] Row(ConfigurationSummary configuration) =>
    [
        configuration.Name, Number(configuration.Latents, "0"), Number(configuration.ExplainedVariance?.Mean), Number(configuration.L0?.Mean, "0.0"),
        Number(configuration.DeadFraction?.Mean, "0%"), Number(configuration.Stability?.Value.Mean),
        Number(configuration.Stability?.StrongestChance()?.Value), Number(configuration.Stability?.Kappa(), "0.00"),
        Number(configuration.GroundTruth?.Value.Mean), Number(configuration.GroundTruth?.StrongestChance()?.Value),
    ];

    private static string Number(double? value, string format = "0.000") => value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
}
