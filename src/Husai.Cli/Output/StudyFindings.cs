using Husai.Reporting.Data;
using Husai.Reporting.Summary;

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
        var verdict = data.Verdict();
        return new StudyFindings(
            data.Name, SummaryJson.Write(data), StudyTable.Rows(data.Configurations),
            [
                verdict.Headline, .. data.Answers().Select(answer => answer.ToText()),
                .. verdict.RedFlags.Select(flag => $"Red flag: {flag.Subject}: {flag.Message}"),
            ]);
    }
}
