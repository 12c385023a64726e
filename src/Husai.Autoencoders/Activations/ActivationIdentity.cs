using Husai.Formats.Tensors;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Activations;

/// <summary>Which activations these are: their shape and a hash of their values.</summary>
/// <param name="Rows">Number of rows.</param>
/// <param name="Width">Values per row.</param>
/// <param name="Hash">
/// SHA-256 of the values as 32-bit floats, 64 hexadecimal digits. Of more than <see cref="MostHashedValues"/> values it covers the shape
/// and blocks of rows at even distances, the first and the last among them: a change between two blocks is not seen.
/// </param>
public sealed record ActivationIdentity(long Rows, int Width, string Hash)
{
    /// <summary>Number of values up to which all are hashed: 64 MiB of them.</summary>
    public const int MostHashedValues = 1 << 24;

    private const int SampledBlocks = 256;
    private const int ShownDigits = 12;

    /// <summary>Identifies activations. A file gives the same identity whether it is mapped or in memory.</summary>
    /// <param name="source">The activations.</param>
    public static ActivationIdentity Of(IActivationSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new ActivationIdentity(source.Rows, source.Width, ContentHash.OfFloats(source.Rows, source.Width, Blocks(source)));
    }

    /// <summary>Shape and the hash's first digits.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"[{Rows}, {Width}] with hash {Hash[..Math.Min(ShownDigits, Hash.Length)]}");

    private static IEnumerable<Matrix> Blocks(IActivationSource source)
    {
        if (source.Rows == 0 || source.Width == 0)
        {
            yield break;
        }

        // All blocks together hold the values that are hashed; where those are all, the blocks follow each other without gaps.
        var rowsPerBlock = Math.Max(1, MostHashedValues / SampledBlocks / source.Width);
        var blocks = (source.Rows + rowsPerBlock - 1) / rowsPerBlock;
        var isSampled = (long)source.Rows * source.Width > MostHashedValues;
        var taken = isSampled ? (int)Math.Clamp(MostHashedValues / ((long)rowsPerBlock * source.Width), 1, blocks) : blocks;
        for (var block = 0; block < taken; block++)
        {
            var first = isSampled ? (int)((long)block * (source.Rows - rowsPerBlock) / Math.Max(1, taken - 1)) : block * rowsPerBlock;
            var rows = new Matrix(Math.Min(rowsPerBlock, source.Rows - first), source.Width);
            source.CopyRows([.. Enumerable.Range(first, rows.Rows)], rows);
            yield return rows;
        }
    }
}
