using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Husai.Experiments.Jobs;

/// <summary>SHA-256 of everything that decides a result, as 64 lower-case hexadecimal digits: equal keys mean equal results.</summary>
internal static class ContentKey
{
    /// <summary>Hashes texts in the order given. Each is preceded by its length, so that no two lists give the same bytes.</summary>
    public static string Of(IEnumerable<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
