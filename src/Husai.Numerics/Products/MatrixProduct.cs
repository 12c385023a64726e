namespace Husai.Numerics;

/// <summary>Which operands of a product are read transposed. A and B name the left and the right operand as stored.</summary>
public enum ProductForm
{
    /// <summary>A [m, n] times B [n, o].</summary>
    AB,

    /// <summary>A [n, m], read transposed, times B [n, o].</summary>
    AtB,

    /// <summary>A [m, n] times B [o, n], read transposed.</summary>
    ABt,

    /// <summary>A [n, m] times B [o, n], both read transposed.</summary>
    AtBt,
}

/// <summary>A function applied to each finished element.</summary>
public enum Activation
{
    /// <summary>None.</summary>
    None,

    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>The exact GELU.</summary>
    Gelu,
}

/// <summary>Products of matrices in single precision.</summary>
public static class MatrixProduct
{
    /// <summary>Length of the runs of fused multiply-adds whose results are added in order to make one element.</summary>
    internal const int InnerBlock = 256;

    /// <summary>Computes <c>result = left x right</c>, or adds it, then adds a bias to each row and applies an activation.</summary>
    /// <param name="result"><c>[m, o]</c>; may not share memory with an operand.</param>
    /// <param name="left">Left operand.</param>
    /// <param name="right">Right operand.</param>
    /// <param name="form">Which operands are read transposed.</param>
    /// <param name="accumulate">Whether to add to what <paramref name="result"/> holds.</param>
    /// <param name="bias">Empty, or one value for each column of the result.</param>
    /// <param name="activation">Applied last.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public static void Multiply(
        Matrix result, Matrix left, Matrix right, ProductForm form = ProductForm.AB, bool accumulate = false,
        ReadOnlySpan<float> bias = default, Activation activation = Activation.None, Workers? workers = null)
    {
        var l = form is ProductForm.AtB or ProductForm.AtBt ? left.Transpose() : left;
        var r = form is ProductForm.ABt or ProductForm.AtBt ? right : right.Transpose();
        Require.Shape(result, l.Rows, r.Rows);
        for (var i = 0; i < l.Rows; i++)
        {
            for (var j = 0; j < r.Rows; j++)
            {
                var total = accumulate ? result[i, j] : 0f;
                for (var start = 0; start < l.Columns; start += InnerBlock)
                {
                    var sum = 0f;
                    for (var n = start; n < Math.Min(start + InnerBlock, l.Columns); n++)
                    {
                        sum = MathF.FusedMultiplyAdd(l.Row(i)[n], r.Row(j)[n], sum);
                    }

                    total = start == 0 && !accumulate ? sum : total + sum;
                }

                total += bias.IsEmpty ? 0 : bias[j];
                result[i, j] = activation == Activation.Relu ? Math.Max(total, 0) : total;
            }
        }
    }
}
