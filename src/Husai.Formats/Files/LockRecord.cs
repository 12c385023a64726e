using System.Text;
using System.Text.Json;
using Husai.Formats.Tensors;

namespace Husai.Formats.Files;

/// <summary>What a lock's file says: who took it, and a token that no other taking has.</summary>
/// <param name="Holder">The process, or null if the file does not say.</param>
/// <param name="Token">Sixteen hexadecimal digits.</param>
/// <param name="LastWritten">When the file was last written to, by the clock of the file system.</param>
internal sealed record LockRecord(ProcessIdentity? Holder, string Token, DateTime LastWritten)
{
    private const int LongestFile = 4096;

    // Of a file that says nothing: empty after a power cut, or of an earlier version of the program.
    private const string NoToken = "0000000000000000";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };
    private static int _count;

    /// <summary>Names this process, with a new token.</summary>
    public static LockRecord New()
    {
        var (me, count) = (ProcessIdentity.This, Interlocked.Increment(ref _count));
        var hash = ContentHash.OfText(
            FormattableString.Invariant($"{me.Host} {me.Machine} {me.Boot} {me.ProcessId} {me.StartKey} {count}"));
        return new LockRecord(me, hash[..NoToken.Length], default);
    }

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new Content(Holder, Token), Json) + "\n");

    /// <summary>Reads a lock's file; null if there is none.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static LockRecord? Read(string path)
    {
        try
        {
            // Opening asks a network file system for the newest attributes.
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0);
            var bytes = new byte[LongestFile];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            var written = File.GetLastWriteTimeUtc(stream.SafeFileHandle);
            try
            {
                var content = JsonSerializer.Deserialize<Content>(bytes.AsSpan(0, length), Json);
                return new LockRecord(content?.Holder, IsToken(content?.Token) ? content!.Token! : NoToken, written);
            }
            catch (JsonException)
            {
                return new LockRecord(null, NoToken, written);
            }
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public static bool IsToken(string? text) => text is { Length: 16 } && text.All(char.IsAsciiHexDigitLower);

    private sealed record Content(ProcessIdentity? Holder, string? Token);
}
