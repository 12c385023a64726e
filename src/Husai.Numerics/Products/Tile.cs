using System.Runtime.Intrinsics;

namespace Husai.Numerics.Products;

/// <summary>
/// The register tile: multiplies a packed panel of left lines with a packed panel of right lines. Its shape follows the
/// instruction tier; every element is the same chain of fused multiply-adds on all of them.
/// </summary>
internal static unsafe class Tile
{
    /// <summary>Elements of the largest tile of any tier.</summary>
    public const int LargestArea = 12 * 32;

    /// <summary>Lines of the left operand in a panel.</summary>
    public static int Rows => Vector512.IsHardwareAccelerated ? 12 : Vector256.IsHardwareAccelerated ? 6 : 4;

    /// <summary>Lines of the right operand in a panel.</summary>
    public static int Columns => Vector512.IsHardwareAccelerated ? 32 : Vector256.IsHardwareAccelerated ? 16 : 8;

    /// <summary>
    /// Writes (or adds, if <paramref name="accumulate"/>) the product of two panels of <paramref name="inner"/> steps.
    /// Of the tile's rows at least the first <paramref name="rows"/> are computed.
    /// </summary>
    public static void Multiply(
        float* left, float* right, int inner, float* result, nint stride, bool accumulate, int rows)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            if (rows > 8)
            {
                Tile512.Multiply12(left, right, inner, result, stride, accumulate);
                return;
            }

            for (var row = 0; row < rows; row += 4)
            {
                Tile512.Multiply4(left + row, right, inner, result + row * stride, stride, accumulate);
            }
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Tile256.Multiply6(left, right, inner, result, stride, accumulate);
        }
        else
        {
            Tile128.Multiply4(left, right, inner, result, stride, accumulate);
        }
    }
}
