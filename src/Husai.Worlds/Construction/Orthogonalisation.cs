using Husai.Numerics.Kernels;
using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Optimisers;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;

namespace Husai.Worlds.Construction;

/// <summary>
/// Pushes directions apart: Adam on <c>sum over i != j of (d_i . d_j)^2 + N sum over i of (|d_i|^2 - 1)^2</c> over all rows at once, and
/// unit norms at the end.
/// </summary>
/// <remarks>
/// The gradient is <c>4 (D (D'D) - diag(g) D) + 4 N diag(g - 1) D</c> with g the squared norms: two products of N d^2 a step, where the sum
/// over pairs takes N^2 d.
/// </remarks>
internal static class Orthogonalisation
{
    /// <summary>Changes the rows.</summary>
    /// <param name="directions"><c>[features, width]</c>, contiguous.</param>
    /// <param name="steps">Number of steps; 0 leaves norms alone too.</param>
    /// <param name="learningRate">Step size of Adam.</param>
    /// <param name="workers">Threads to use; the calling one by default. A view's token ends it between two steps.</param>
    /// <param name="progress">Told of each finished step; may be null.</param>
    /// <exception cref="OperationCanceledException">The workers' token is set.</exception>
    public static void Run(Matrix directions, int steps, double learningRate, Workers? workers = null, Action<int>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(directions);
        if (steps == 0)
        {
            return;
        }

        workers ??= Workers.Alone;
        var (rows, width) = (directions.Rows, directions.Columns);
        var gram = new Matrix(width, width);
        var gradient = new Matrix(rows, width);
        var first = new Matrix(rows, width);
        var second = new Matrix(rows, width);
        var squares = new double[rows];
        var settings = new AdamSettings(learningRate);
        for (var step = 1; step <= steps; step++)
        {
            MatrixProduct.Multiply(gram, directions, directions, ProductForm.AtB, workers: workers);
            MatrixProduct.Multiply(gradient, directions, gram, workers: workers);
            Reductions.RowSumsOfSquares(squares, directions, workers);
            RowBlocks.For(rows, width, workers, (start, end) =>
            {
                for (var row = start; row < end; row++)
                {
                    Elementwise.MultiplyAdd(gradient.Row(row), directions.Row(row), (float)(rows * (squares[row] - 1) - squares[row]));
                }
            });

            Adam.Step(directions.AsSpan(), first.AsSpan(), second.AsSpan(), gradient.AsSpan(), settings, step, gradientScale: 4, workers);
            progress?.Invoke(step);
        }

        UnitRows.Normalise(directions, workers);
    }
}
