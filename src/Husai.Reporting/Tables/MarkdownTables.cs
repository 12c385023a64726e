using System.Text;
using Husai.Reporting.Data;

namespace Husai.Reporting.Tables;

/// <summary>The verdict and the tables as Markdown, to paste.</summary>
internal static class MarkdownTables
{
    /// <summary>The whole document.</summary>
    public static string Write(StudyReportData data)
    {
        var verdict = data.Verdict();
        var text = new StringBuilder();
        text.Append("# ").Append(Escape(data.Name)).Append("\n\n**").Append(Escape(verdict.Headline)).Append("**\n\n");
        foreach (var answer in data.Answers())
        {
            text.Append("- ").Append(Escape(answer.ToText())).Append('\n');
        }

        foreach (var flag in verdict.RedFlags)
        {
            text.Append("- Red flag, ").Append(Escape(flag.Subject)).Append(": ").Append(Escape(flag.Message)).Append('\n');
        }

        foreach (var table in ReportTables.Create(data))
        {
            text.Append("\n## ").Append(table.Title).Append("\n\n");
            Append(text, table);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, ReportTable table)
    {
        AppendRow(text, table.Columns);
        text.Append('|').Insert(text.Length, " --- |", table.Columns.Count).Append('\n');
        foreach (var row in table.Rows)
        {
            AppendRow(text, row);
        }

        if (table.Note.Length > 0)
        {
            text.Append('\n').Append(table.Note).Append('\n');
        }
    }

    private static void AppendRow(StringBuilder text, IReadOnlyList<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells.Select(Escape)).Append(" |\n");

    // Underscores inside words are no emphasis in Markdown; bars would end a cell.
    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
