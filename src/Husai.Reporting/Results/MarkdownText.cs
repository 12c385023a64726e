using System.Text;

namespace Husai.Reporting.Results;

/// <summary>Headings, paragraphs and tables as Markdown.</summary>
internal sealed class MarkdownText
{
    private readonly StringBuilder _text = new();

    public MarkdownText Heading(int level, string title)
    {
        Separate();
        _text.Append('#', level).Append(' ').Append(title).Append('\n');
        return this;
    }

    /// <summary>Sentences; empty ones are left out.</summary>
    public MarkdownText Paragraph(params IEnumerable<string> sentences)
    {
        var text = string.Join(' ', sentences.Where(sentence => sentence.Length > 0));
        if (text.Length > 0)
        {
            Separate();
            _text.Append(text).Append('\n');
        }

        return this;
    }

    public MarkdownText Code(string text)
    {
        Separate();
        _text.Append("```\n").Append(text).Append("\n```\n");
        return this;
    }

    /// <summary>A table; nothing if it has no rows.</summary>
    public MarkdownText Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var lines = rows.ToList();
        if (lines.Count > 0)
        {
            Separate();
            Row(columns);
            Row([.. columns.Select((_, index) => index == 0 ? "---" : "---:")]);
            lines.ForEach(Row);
        }

        return this;
    }

    public override string ToString() => _text.ToString();

    private void Row(IReadOnlyList<string> cells) =>
        _text.Append("| ").AppendJoin(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");

    private void Separate()
    {
        if (_text.Length > 0)
        {
            _text.Append('\n');
        }
    }
}
