using Husai.Analysis.Matching;
using Husai.Numerics.Functions;
using Husai.Numerics.Kernels;
using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Functional;

/// <summary>
/// Soft matches: the transport plan of least cost 1 - cosine plus entropy, with equal marginals (Cuturi 2013). The partner of a row is the
/// largest element of its row of the plan, and the score that element times the number of rows. Lines are scaled in turn, by over-relaxed
/// steps (<see cref="OverRelaxation"/>).
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
        var relaxation = new OverRelaxation();
        for (var round = 0; round < MostRounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            var error = Math.Max(
                Fit(rows, kernel, columns, relaxation.Factor, workers), Fit(columns, transposed, rows, relaxation.Factor, workers));
            if (round > 0 && error < MarginalError)
            {
                break;
            }

            relaxation.Add(error);
        }

        Fit(rows, kernel, columns, factor: 1, workers);
        Fit(columns, transposed, rows, factor: 1, workers);
        var weights = Array.ConvertAll(columns, Transcendental.Exp);
        For(kernel, workers, row =>
        {
            var line = kernel.Row(row);
            var weight = Transcendental.Exp(rows[row]);
            for (var column = 0; column < line.Length; column++)
            {
                line[column] = (float)(weight * line[column] * weights[column]);
            }
        });
        return kernel;
    }

    // Scales the lines towards equal sums, by logarithms; returns the largest relative error of a line before.
    private static double Fit(double[] scales, Matrix kernel, double[] others, double factor, Workers workers)
    {
        var (errors, weights) = (new double[scales.Length], Array.ConvertAll(others, other => (float)Transcendental.Exp(other)));
        For(kernel, workers, row =>
        {
            var due = -Transcendental.Log(Reductions.Dot(kernel.Row(row), weights) * scales.Length);
            errors[row] = Math.Abs(Transcendental.Exp(scales[row] - due) - 1);
            scales[row] += factor * (due - scales[row]);
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
