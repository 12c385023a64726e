using System.Text;

namespace Husai.Formats.Files;

/// <summary>What downloads leave in place of a file: a Git LFS pointer, or the page that a server answered with.</summary>
internal static class StandIn
{
    private const int LongestStart = 512;

    // The pointer of Git LFS (git-lfs/docs/spec.md) begins with its version; "hawser" was its name before 2014.
    private static readonly string[] PointerStarts = [
        "version https://git-lfs.github.com/spec/", "version https://hawser.github.com/spec/"];
    private static readonly string[] PageStarts = ["<!doctype html", "<html", "<head", "<!-- html"];
    private static readonly string[] ServerErrorStarts = ["<?xml", "<error>"];

    /// <summary>Refuses a file that stands in for another; leaves the stream at its start, and closes it where it refuses.</summary>
    /// <exception cref="InvalidFileException">It is a pointer or a page; the message says which and what to do.</exception>
    public static void Refuse(FileStream stream, string path)
    {
        if (!stream.CanSeek)
        {
            return;
        }

        Span<byte> bytes = stackalloc byte[LongestStart];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        if (Describe(bytes[..length]) is { } what)
        {
            stream.Dispose();
            throw new InvalidFileException(path, what);
        }
    }

    private static string? Describe(ReadOnlySpan<byte> bytes)
    {
        // Latin-1 keeps every byte: nothing is decoded that a binary file may not hold.
        var start = Encoding.Latin1.GetString(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes)
            .TrimStart();
        return StartsWithAny(
            start, PointerStarts) ? "is a Git LFS pointer, not the file itself; run 'git lfs pull' in its repository, or download the file"
            : StartsWithAny(
                start,
                PageStarts) ? "is an HTML page, not the file itself: the download was answered with a web page; download the file again"
            : StartsWithAny(start, ServerErrorStarts) ? "is a server's XML answer, not the file itself; download the file again"
            : null;
    }

    private static bool StartsWithAny(string text, string[] starts) =>
        starts.Any(start => text.StartsWith(start, StringComparison.OrdinalIgnoreCase));
}
