using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Husai.Numerics.Matrices;

namespace Husai.Numerics.SelfChecks;

/// <summary>Hashes the bits of a kernel's outputs, little-endian, in the order they are added.</summary>
internal sealed class OutputHash : IDisposable
{
    private const int BytesShown = 8;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public static string Shorten(ReadOnlySpan<byte> hash) => Convert.ToHexStringLower(hash[..BytesShown]);

    public void Add<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("hashes are defined on little-endian bits");
        }

        _hash.AppendData(MemoryMarshal.AsBytes(values));
    }

    public void Add(Matrix matrix)
    {
        for (var row = 0; row < matrix.Rows; row++)
        {
            Add<float>(matrix.Row(row));
        }
    }

    public void Add(double value) => Add<double>([value]);

    public string Finish() => Shorten(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();
}
