using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Model;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Autoencoders.Metrics;

/// <summary>
/// Explained variance coordinate by coordinate: the mean over coordinates d of <c>1 - MSE_d / Var_d</c>. The standard one, with sums over
/// all coordinates above and below the line, is <see cref="ReconstructionMetrics.ExplainedVariance"/>; this one weighs a coordinate that
/// hardly varies as much as one that varies most.
/// </summary>
internal static class CoordinateExplainedVariance
{
    private const int ChunkRows = 1536;

    /// <summary>Measures all rows of a source.</summary>
    /// <param name="sae">What to measure.</param>
    /// <param name="source">The activations.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <returns>The mean over the coordinates that vary; <see cref="double.NaN"/> if none does.</returns>
    /// <exception cref="ArgumentException">The source has another width, or no rows.</exception>
    public static double Of(Sae sae, IActivationSource source, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(sae);
        ArgumentNullException.ThrowIfNull(source);
        if (source.Width != sae.Width || source.Rows == 0)
        {
            throw new ArgumentException(
                $"the activations are [{source.Rows}, {source.Width}] where [1 or more, {sae.Width}] is needed", nameof(source));
        }

        workers ??= Workers.Alone;
        var (sums, squares, errors) = (new double[sae.Width], new double[sae.Width], new double[sae.Width]);
        var shift = new Matrix(1, sae.Width);
        source.CopyRows([0], shift);
        for (var start = 0; start < source.Rows; start += ChunkRows)
        {
            workers.Cancellation.ThrowIfCancellationRequested();
            var chunk = new Matrix(Math.Min(ChunkRows, source.Rows - start), sae.Width);
            source.CopyRows(Enumerable.Range(start, chunk.Rows).ToArray(), chunk);
            Add(chunk, sae.Reconstruct(chunk, workers));
        }

        var explained = Enumerable.Range(0, sae.Width).Select(Explained).Where(double.IsFinite).ToList();
        return explained.Count > 0 ? explained.Average() : double.NaN;

        void Add(Matrix rows, Matrix reconstructions)
        {
            for (var row = 0; row < rows.Rows; row++)
            {
                for (var column = 0; column < sums.Length; column++)
                {
                    // About the first row: of a coordinate far from 0 the squares would leave nothing of its variance.
                    var value = (double)rows[row, column] - shift[0, column];
                    var error = (double)rows[row, column] - reconstructions[row, column];
                    sums[column] += value;
                    squares[column] += value * value;
                    errors[column] += error * error;
                }
            }
        }

        double Explained(int column)
        {
            var variance = squares[column] - sums[column] * sums[column] / source.Rows;
            return variance > 0 ? 1 - errors[column] / variance : double.NaN;
        }
    }
}
