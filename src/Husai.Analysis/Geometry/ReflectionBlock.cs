using Husai.Numerics.Decompositions;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;

namespace Husai.Analysis.Geometry;

/// <summary>
/// The product of the reflections that make columns upper triangular, as H = I - V T Vᵀ with T upper triangular (Schreiber and Van Loan
/// 1989), so that it is applied by matrix products.
/// </summary>
internal sealed class ReflectionBlock
{
    // V and V T, [rows, reflections].
    private readonly Matrix _normals;
    private readonly Matrix _scaled;

    private ReflectionBlock(Matrix normals, Matrix scaled)
    {
        _normals = normals;
        _scaled = scaled;
    }

    /// <summary>Finds the reflections of columns, which become their images: Hᵀ times the columns, zero below the diagonal.</summary>
    /// <param name="columns"><c>[rows, columns]</c>.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public static ReflectionBlock Of(Matrix columns, Workers? workers)
    {
        var (rows, count) = (columns.Rows, columns.Columns);
        var vectors = new double[count][];
        for (var column = 0; column < count; column++)
        {
            vectors[column] = new double[rows];
            for (var row = 0; row < rows; row++)
            {
                vectors[column][row] = columns.Row(row)[column];
            }
        }

        var normals = new double[count][];
        var scales = new double[count];
        for (var k = 0; k < count; k++)
        {
            if (k >= rows)
            {
                normals[k] = new double[rows];
                continue;
            }

            (normals[k], scales[k], vectors[k][k]) = Householder.Reflection(vectors[k], k);
            Array.Clear(vectors[k], k + 1, rows - k - 1);
            var (normal, scale) = (normals[k], scales[k]);
            (workers ?? Workers.Alone).For(count - k - 1, (task, _) =>
            {
                var vector = vectors[k + 1 + task];
                DoublePrecision.AddMultiple(vector.AsSpan(k), normal.AsSpan(k), -scale * Householder.Dot(vector, normal, k));
            });
        }

        for (var column = 0; column < count; column++)
        {
            for (var row = 0; row < rows; row++)
            {
                columns.Row(row)[column] = (float)vectors[column][row];
            }
        }

        var normalColumns = Columns(normals);
        var scaled = new Matrix(rows, count);
        MatrixProduct.Multiply(scaled, normalColumns, Triangle(normals, scales, workers), workers: workers);
        return new ReflectionBlock(normalColumns, scaled);
    }

    /// <summary>Replaces a symmetric matrix A by Hᵀ A H.</summary>
    public void ApplyToBothSides(Matrix matrix, Workers? workers)
    {
        // With X = A V T: A - V Xᵀ - X Vᵀ + V (Tᵀ Vᵀ X) Vᵀ = A - V Zᵀ - Z Vᵀ, Z = X - V (Tᵀ Vᵀ X) / 2.
        var count = _normals.Columns;
        var left = new Matrix(matrix.Rows, 2 * count);
        var right = new Matrix(matrix.Rows, 2 * count);
        var z = right.SliceColumns(0, count);
        MatrixProduct.Multiply(z, matrix, _scaled, workers: workers);
        var middle = new Matrix(count, count);
        MatrixProduct.Multiply(middle, _scaled, z, ProductForm.AtB, workers: workers);
        Elementwise.Scale(middle, -0.5f);
        MatrixProduct.Multiply(z, _normals, middle, accumulate: true, workers: workers);
        right.SliceColumns(count, count).CopyFrom(_normals);
        left.SliceColumns(0, count).CopyFrom(_normals);
        left.SliceColumns(count, count).CopyFrom(z);
        Elementwise.Scale(left, -1, workers);
        MatrixProduct.Multiply(matrix, left, right, ProductForm.ABt, accumulate: true, workers: workers);
    }

    /// <summary>Replaces rows by Hᵀ times them.</summary>
    public void ApplyTransposed(Matrix rows, Workers? workers)
    {
        var products = new Matrix(_normals.Columns, rows.Columns);
        MatrixProduct.Multiply(products, _scaled, rows, ProductForm.AtB, workers: workers);
        Elementwise.Scale(products, -1, workers);
        MatrixProduct.Multiply(rows, _normals, products, accumulate: true, workers: workers);
    }

    // T: column k is -scale_k T (Vᵀ v_k) above the diagonal, scale_k on it.
    private static Matrix Triangle(double[][] normals, double[] scales, Workers? workers)
    {
        var count = normals.Length;
        var triangle = new double[count, count];
        (workers ?? Workers.Alone).For(count, (k, _) =>
        {
            for (var i = 0; i < k; i++)
            {
                triangle[i, k] = Householder.Dot(normals[i], normals[k], Math.Min(k, normals[k].Length));
            }
        });
        var result = new Matrix(count, count);
        for (var k = 0; k < count; k++)
        {
            var products = new double[k];
            for (var i = 0; i < k; i++)
            {
                products[i] = triangle[i, k];
            }

            for (var row = 0; row < k; row++)
            {
                var sum = 0.0;
                for (var i = row; i < k; i++)
                {
                    sum += triangle[row, i] * products[i];
                }

                triangle[row, k] = -scales[k] * sum;
            }

            triangle[k, k] = scales[k];
            for (var row = 0; row <= k; row++)
            {
                result.Row(row)[k] = (float)triangle[row, k];
            }
        }

        return result;
    }

    private static Matrix Columns(double[][] vectors)
    {
        var result = new Matrix(vectors[0].Length, vectors.Length);
        for (var column = 0; column < vectors.Length; column++)
        {
            for (var row = 0; row < result.Rows; row++)
            {
                result.Row(row)[column] = (float)vectors[column][row];
            }
        }

        return result;
    }
}
