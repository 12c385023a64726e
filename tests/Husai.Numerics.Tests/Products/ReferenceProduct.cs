using Husai.Numerics.Matrices;
using Husai.Numerics.Products;

namespace Husai.Numerics.Tests.Products;

/// <summary>The definition of a product's bits: runs of 256 fused multiply-adds from zero, added in order.</summary>
internal static class ReferenceProduct
{
    public static Matrix Multiply(Matrix left, Matrix right, ProductForm form, Matrix? addTo = null)
    {
        var leftLines = form is ProductForm.AtB or ProductForm.AtBt ? left.Transpose() : left;
        var rightLines = form is ProductForm.ABt or ProductForm.AtBt ? right : right.Transpose();
        var result = new Matrix(leftLines.Rows, rightLines.Rows);
        for (var i = 0; i < result.Rows; i++)
        {
            for (var j = 0; j < result.Columns; j++)
            {
                result[i, j] = Element(leftLines.Row(i), rightLines.Row(j), addTo?[i, j]);
            }
        }

        return result;
    }

    private static float Element(ReadOnlySpan<float> left, ReadOnlySpan<float> right, float? addTo)
    {
        var total = addTo;
        for (var start = 0; start < left.Length; start += 256)
        {
            var run = 0f;
            for (var index = start; index < Math.Min(start + 256, left.Length); index++)
            {
                run = MathF.FusedMultiplyAdd(left[index], right[index], run);
            }

            total = total is null ? run : total + run;
        }

        return total ?? 0f;
    }
}
