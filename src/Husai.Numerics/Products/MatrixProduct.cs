using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Numerics.Products;

/// <summary>Products of matrices in single precision.</summary>
/// <remarks>
/// Every element of a product is the same sequence of operations whatever the instruction tier and the number of threads: runs of 256
/// fused multiply-adds in index order, each run from zero, the runs added in order (to what the result held, if accumulating).
/// </remarks>
internal static partial class MatrixProduct
{
    /// <summary>Length of the runs of fused multiply-adds whose results are added in order to make one element.</summary>
    internal const int InnerBlock = 256;

    /// <summary>Computes <c>result = left x right</c>, or adds it, then adds a bias to each row and applies an activation.</summary>
    /// <param name="result"><c>[m, o]</c>; may not share memory with an operand.</param>
    /// <param name="left">Left operand: <c>[m, n]</c>, or <c>[n, m]</c> where <paramref name="form"/> reads it transposed.</param>
    /// <param name="right">Right operand: <c>[n, o]</c>, or <c>[o, n]</c> where <paramref name="form"/> reads it transposed.</param>
    /// <param name="form">Which operands are read transposed.</param>
    /// <param name="accumulate">Whether to add to what <paramref name="result"/> holds.</param>
    /// <param name="bias">Empty, or one value for each column of the result.</param>
    /// <param name="activation">Applied last.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <exception cref="ArgumentNullException">A matrix is null.</exception>
    /// <exception cref="ArgumentException">Shapes do not fit, or the result shares memory with an operand.</exception>
    public static unsafe void Multiply(
        Matrix result, Matrix left, Matrix right, ProductForm form = ProductForm.AB, bool accumulate = false,
        ReadOnlySpan<float> bias = default, Activation activation = Activation.None, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var leftLines = form is ProductForm.AtB or ProductForm.AtBt ? Operand.Columns(left) : Operand.Rows(left);
        var rightLines = form is ProductForm.ABt or ProductForm.AtBt ? Operand.Rows(right) : Operand.Columns(right);
        if (leftLines.Inner != rightLines.Inner)
        {
            throw new ArgumentException(
                $"left {left.Shape} and right {right.Shape} do not fit as {form}: inner dimensions {leftLines.Inner} and "
                    + $"{rightLines.Inner}",
                nameof(right));
        }

        Require.Shape(result, leftLines.Outer, rightLines.Outer);
        Require.Apart(result, left);
        Require.Apart(result, right);
        if (!bias.IsEmpty)
        {
            Require.Length(bias.Length, result.Columns, nameof(bias));
        }

        if (result.Rows == 0 || result.Columns == 0)
        {
            return;
        }

        if (leftLines.Inner == 0 && !accumulate)
        {
            result.Clear();
        }

        fixed (float* biasStart = bias)
        {
            if (leftLines.Inner == 0)
            {
                for (var row = 0; row < result.Rows; row++)
                {
                    Epilogue.Apply(result.Pointer + (nint)row * result.Stride, result.Columns, biasStart, activation);
                }

                return;
            }

            new BlockedProduct(leftLines, rightLines, result, accumulate, biasStart, activation, workers ?? Workers.Alone).Run();
        }

        GC.KeepAlive(left);
        GC.KeepAlive(right);
        GC.KeepAlive(result);
    }
}
