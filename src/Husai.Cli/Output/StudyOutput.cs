using System.Text.Json.Nodes;
using Husai.Experiments.Studies;
using Husai.Reporting;
using Spectre.Console;

namespace Husai.Cli.Output;

/// <summary>Writes the report of a study and says what it found.</summary>
internal static class StudyOutput
{
    public static void Write(IConsoleOutput output, StudyResults results, string folder, IReadOnlyList<string> reproduction)
    {
        var data = StudyReportBuilder.Build(results, reproduction);
        StudyReport.Write(data, folder);
        output.Result(JsonNode.Parse(SummaryJson.Write(data)), console => Show(console, data));
        foreach (var failure in results.Failures)
        {
            output.Note($"{failure.Name}: failed: {failure.Error}");
        }

        if (results.LeftOut.Any())
        {
            output.Note($"left out for want of their results: {results.LeftOut.Count()} jobs");
        }

        output.Note($"report: {Path.Combine(folder, "report.html")}");
    }

    private static void Show(IAnsiConsole console, StudyReportData data)
    {
        var table = Tables.Create(
            console, "configuration", "#latents", "#explained variance", "#L0", "#dead", "#stability", "#chance", "#kappa", "#circuit", "#chance");
        foreach (var configuration in data.Configurations)
        {
            table.AddTextRow(
                configuration.Name, Number(configuration.Latents, "0"), Number(configuration.ExplainedVariance?.Mean), Number(configuration.L0?.Mean, "0.0"),
                Number(configuration.DeadFraction?.Mean, "0%"), Number(configuration.Stability?.Value.Mean),
                Number(configuration.Stability?.StrongestChance()?.Value), Number(configuration.Stability?.Kappa(), "0.00"),
                Number(configuration.GroundTruth?.Value.Mean), Number(configuration.GroundTruth?.StrongestChance()?.Value));
        }

        console.Write(table);
        var verdict = Verdict.Of(data);
        string[] sentences = [verdict.Headline, verdict.Reproducible, verdict.Circuit, verdict.Best];
        foreach (var line in sentences.Concat(verdict.RedFlags.Select(flag => $"Red flag: {flag.Subject}: {flag.Message}")))
        {
            console.WriteLine(line);
        }
    }

    private static string Number(double? value, string format = "0.000") =>
        value?.ToString(format, System.Globalization.CultureInfo.InvariantCulture) ?? "-";
}
