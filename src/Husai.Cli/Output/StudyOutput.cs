using System.Text.Json.Nodes;
using Husai.Experiments.Studies;
using Husai.Reporting;
using Husai.Reporting.Studies;
using Spectre.Console;

namespace Husai.Cli.Output;

/// <summary>Writes the reports of studies and says what they found.</summary>
internal sealed class StudyOutput(IConsoleOutput output)
{
    // Only what is printed at the end: the data of many studies would fill the memory.
    private readonly List<StudyFindings> _studies = [];

    /// <summary>Writes the report of a study into its folder.</summary>
    public void WriteReport(StudyResults results, string folder, IReadOnlyList<string> reproduction)
    {
        var data = StudyReportBuilder.Build(results, reproduction);
        StudyReport.Write(data, folder);
        _studies.Add(StudyFindings.Of(data));
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
            output.Result(JsonNode.Parse(_studies[0].Summary), console => Show(console, _studies[0]));
            return;
        }

        output.Result(new { Studies = _studies.Select(study => JsonNode.Parse(study.Summary)) }, console =>
        {
            foreach (var study in _studies)
            {
                console.WriteLine($"study {study.Name}");
                Show(console, study);
                console.WriteLine();
            }
        });
    }

    private static void Show(IAnsiConsole console, StudyFindings study)
    {
        StudyTable.Write(console, study.Rows);
        foreach (var line in study.Sentences)
        {
            console.WriteLine(line);
        }
    }
}
