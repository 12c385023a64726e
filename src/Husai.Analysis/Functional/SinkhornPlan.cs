using Husai.Analysis.Matching;
using Husai.Numerics.Functions;
using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Functional;

/// <summary>
/// Soft matches: the transport plan of least cost 1 - cosine plus entropy, with equal marginals (Cuturi 2013). The partner of a row is the
/// largest element of its row of the plan, and the score that element times the number of rows.
/// </summary>
internal static class SinkhornPlan
{
    /// <summary>Weight of the entropy: cosines closer than this are hardly told apart.</summary>
    public const double Temperature = 0.05;

    private const int MostRounds = 2000;
    private const double MarginalError = 1e-6;

    /// <summary>Matches rows and columns.</summary>
    /// <param name="cosines"><c>[rows, columns]</c>.</param>
    /// <param name="workers">Threads to use.</param>
    /// <param name="cancellation">Asked in every round.</param>
    public static Match Find(Matrix cosines, Workers workers, CancellationToken cancellation)
    {
        var plan = Of(cosines, workers, cancellation);
        var match = MaximumMatcher.Find(plan);
        Scale(match.RowSimilarity, plan.Rows);
        Scale(match.ColumnSimilarity, plan.Columns);
        return match;
    }

    /// <summary>The plan: its rows sum to 1 / rows, its columns to 1 / columns.</summary>
    public static Matrix Of(Matrix cosines, Workers workers, CancellationToken cancellation)
    {
        var kernel = new Matrix(cosines.Rows, cosines.Columns);
        For(cosines, workers, row =>
        {
            var from = cosines.Row(row);
            var to = kernel.Row(row);
            for (var column = 0; column < to.Length; column++)
            {
                to[column] = (float)Transcendental.Exp((from[column] - 1.0) / Temperature);
            }
        });
        var transposed = kernel.Transpose();
        var (rows, columns) = (new double[kernel.Rows], new double[kernel.Columns]);
        Array.Fill(rows, 1);
        Array.Fill(columns, 1);
        for (var round = 0; round < MostRounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            var error = Fit(rows, kernel, columns, workers);
            Fit(columns, transposed, rows, workers);
            if (round > 0 && error < MarginalError)
            {
                break;
            }
        }

        For(kernel, workers, row =>
        {
            var line = kernel.Row(row);
            for (var column = 0; column < line.Length; column++)
            {
                line[column] = (float)(rows[row] * line[column] * columns[column]);
            }
        });
        return kernel;
    }

    // Scales the lines to equal sums; returns the largest relative error of a line before.
    private static double Fit(double[] scales, Matrix kernel, double[] others, Workers workers)
    {
        var errors = new double[scales.Length];
        For(kernel, workers, row =>
        {
            double sum = 0;
            var line = kernel.Row(row);
            for (var column = 0; column < line.Length; column++)
            {
                sum += line[column] * others[column];
            }

            errors[row] = Math.Abs((sum * scales[row] * scales.Length) - 1);
            scales[row] = 1 / (scales.Length * sum);
        });
        return errors.Max();
    }

    private static void For(Matrix lines, Workers workers, Action<int> body) =>
        RowBlocks.For(lines.Rows, lines.Columns, workers, (start, end) =>
        {
            for (var line = start; line < end; line++)
            {
                body(line);
            }
        });

    private static void Scale(float[] values, int factor)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] *= factor;
        }
    }
}
