using System.Text;

namespace Husai.Cli.Output;

/// <summary>Passes text on and never throws: what cannot be written is dropped, and the first reason kept.</summary>
/// <remarks>Work must not end because a terminal was closed or the disk of a log is full.</remarks>
internal sealed class FailsafeWriter(TextWriter inner) : TextWriter
{
    private readonly Lock _lock = new();

    public override Encoding Encoding => inner.Encoding;

    /// <summary>Why something could not be written; null if all was.</summary>
    public string? Failure { get; private set; }

    public override void Write(char value) => Try([value]);

    public override void Write(string? value) => Try(value);

    public override void Write(char[] buffer, int index, int count) => Try(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Try(buffer);

    public override void WriteLine(string? value) => Try($"{value}{NewLine}");

    private void Try(ReadOnlySpan<char> text)
    {
        lock (_lock)
        {
            try
            {
                inner.Write(text);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or ObjectDisposedException)
            {
                Failure ??= error.Message;
            }
        }
    }
}
