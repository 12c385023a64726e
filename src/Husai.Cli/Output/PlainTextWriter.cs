using System.Text;
using Husai.Formats.Text;

namespace Husai.Cli.Output;

/// <summary>
/// Passes lines on in which nothing can steer a terminal: the way out for all text but the program's own control sequences.
/// </summary>
internal sealed class PlainTextWriter(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(string? value) => inner.Write(PrintableText.Escape(value ?? "", keepLines: true));

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void WriteLine(string? value) => inner.WriteLine(PrintableText.Escape(value ?? "", keepLines: true));
}
