using Husai.Numerics.Matrices;

namespace Husai.Numerics.Products;

/// <summary>
/// One side of a product as the packing sees it: <c>Outer</c> lines (rows of the left operand, columns of the right one) of
/// <c>Inner</c> elements, whichever of the two is contiguous in memory.
/// </summary>
internal readonly unsafe struct Operand
{
    private Operand(float* start, nint outerStride, nint innerStride, int outer, int inner)
    {
        Start = start;
        OuterStride = outerStride;
        InnerStride = innerStride;
        Outer = outer;
        Inner = inner;
    }

    public float* Start { get; }

    public nint OuterStride { get; }

    public nint InnerStride { get; }

    public int Outer { get; }

    public int Inner { get; }

    /// <summary>A matrix whose rows are the lines.</summary>
    public static Operand Rows(Matrix matrix) => new(matrix.Pointer, matrix.Stride, 1, matrix.Rows, matrix.Columns);

    /// <summary>A matrix whose columns are the lines.</summary>
    public static Operand Columns(Matrix matrix) => new(matrix.Pointer, 1, matrix.Stride, matrix.Columns, matrix.Rows);
}
