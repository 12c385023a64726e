using System.Text.Json.Nodes;
using Husai.Experiments.Studies;
using Husai.Reporting;
using Spectre.Console;

namespace Husai.Cli.Output;

/// <summary>Writes the reports of studies and says what they found.</summary>
internal sealed class StudyOutput(IConsoleOutput output)
{
    private readonly List<StudyReportData> _studies = [];

    /// <summary>Writes the report of a study into its folder.</summary>
    public void WriteReport(StudyResults results, string folder, IReadOnlyList<string> reproduction)
    {
        var data = StudyReportBuilder.Build(results, reproduction);
        StudyReport.Write(data, folder);
        _studies.Add(data);
        foreach (var failure in results.Failures)
        {
            output.Note($"{failure.Name}: failed: {failure.Error}");
        }

        if (results.LeftOut.Any())
        {
            output.Note($"left out for want of their results: {results.LeftOut.Count()}");
        }

        output.Note($"report: {Path.Combine(folder, "report.html")}");
    }

    /// <summary>Prints what was found: one study's summary, or the list of those of several.</summary>
    public void Show(bool several)
    {
        if (!several)
        {
            output.Result(Summary(_studies[0]), console => Show(console, _studies[0]));
            return;
        }

        output.Result(new { Studies = _studies.Select(Summary) }, console =>
        {
            foreach (var data in _studies)
            {
                console.WriteLine($"study {data.Name}");
                Show(console, data);
                console.WriteLine();
            }
        });
    }

    private static JsonNode? Summary(StudyReportData data) => JsonNode.Parse(SummaryJson.Write(data));

    private static void Show(IAnsiConsole console, StudyReportData data)
    {
        var table = Tables.Create(
            console, "SAE", "#latents", "#explained variance", "#L0", "#dead", "#stability", "#chance", "#kappa", "#circuit", "#chance");
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
