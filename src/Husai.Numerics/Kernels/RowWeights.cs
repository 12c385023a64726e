using System.Runtime.InteropServices;

namespace Husai.Numerics.Kernels;

/// <summary>
/// A row's number and its weights in two sums. The three stand together, so that sorting entries writes to one place for each and not to
/// three.
/// </summary>
/// <param name="Row">Number of the row.</param>
/// <param name="Left">Weight of the row of the first matrix.</param>
/// <param name="Right">Weight of the row of the second matrix.</param>
[StructLayout(LayoutKind.Sequential, Pack = sizeof(float))]
internal readonly unsafe record struct RowWeights(int Row, float Left, float Right)
{
    /// <summary>Floats from one entry's field to the next entry's.</summary>
    public const int Stride = 3;

    /// <summary>The first of the entries' rows; the others follow <see cref="Stride"/> apart.</summary>
    public static int* Rows(RowWeights* entries) => (int*)entries;

    /// <summary>The first of the entries' left weights; the others follow <see cref="Stride"/> apart.</summary>
    public static float* Lefts(RowWeights* entries) => (float*)entries + 1;

    /// <summary>The first of the entries' right weights; the others follow <see cref="Stride"/> apart.</summary>
    public static float* Rights(RowWeights* entries) => (float*)entries + 2;
}
