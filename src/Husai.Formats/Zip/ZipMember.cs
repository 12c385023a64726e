namespace Husai.Formats.Zip;

/// <summary>One file inside a zip archive, as the central directory describes it.</summary>
internal sealed record ZipMember(
    string Name, int Method, uint Checksum, long CompressedLength, long Length, long HeaderOffset, bool IsEncrypted)
{
    public const int Stored = 0;
    public const int Deflated = 8;
}
