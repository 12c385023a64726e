using Husai.Autoencoders.Activations;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;
using Husai.Numerics.Randomness;

namespace Husai.Autoencoders.Training.Starts;

/// <summary>
/// k-means by Lloyd's iteration (Lloyd 1982), from rows drawn at random. Ten iterations: as a start the centroids need not have come to
/// rest. An empty cluster keeps its centroid; of equally near centroids the first takes a row.
/// </summary>
internal static class KMeans
{
    private const int Iterations = 10;
    private const int RowsForEachCluster = 4;
    private const int LeastRows = 8192;
    private const int BlockRows = 256;

    /// <summary>Fills a matrix with the centroids of a sample of the rows: four for each cluster, at least 8,192, at most all.</summary>
    /// <param name="centroids"><c>[clusters, width]</c>.</param>
    /// <param name="source">The activations.</param>
    /// <param name="from">Rows to draw from.</param>
    /// <param name="random">Draws the sample and, as its beginning, the first centroids.</param>
    /// <param name="workers">Threads to use.</param>
    /// <exception cref="ArgumentException">There are fewer rows than clusters.</exception>
    public static void Fill(Matrix centroids, IActivationSource source, int[] from, RandomStream random, Workers workers)
    {
        if (from.Length < centroids.Rows)
        {
            throw new ArgumentException(
                $"decoder_start k_means makes a cluster for each latent, and {centroids.Rows} latents are more than the {from.Length} "
                    + "training rows",
                nameof(centroids));
        }

        var wanted = Math.Max(LeastRows, (long)RowsForEachCluster * centroids.Rows);
        var sample = new Matrix((int)Math.Min(from.Length, wanted), source.Width);
        DataPoints.Fill(sample, source, from, random);
        for (var row = 0; row < centroids.Rows; row++)
        {
            sample.Row(row).CopyTo(centroids.Row(row));
        }

        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            Move(centroids, sample, Nearest(sample, centroids, workers));
        }
    }

    /// <summary>The nearest centroid of each row.</summary>
    public static int[] Nearest(Matrix rows, Matrix centroids, Workers workers)
    {
        var halfSquares = new float[centroids.Rows];
        for (var cluster = 0; cluster < halfSquares.Length; cluster++)
        {
            halfSquares[cluster] = (float)(-0.5 * Reductions.SumOfSquares(centroids.Row(cluster)));
        }

        // |x - c|² is least where x c - |c|² / 2 is greatest.
        var nearest = new int[rows.Rows];
        var scores = new Matrix(Math.Min(BlockRows, rows.Rows), centroids.Rows);
        for (var first = 0; first < rows.Rows; first += BlockRows)
        {
            var block = rows.SliceRows(first, Math.Min(BlockRows, rows.Rows - first));
            var blockScores = scores.SliceRows(0, block.Rows);
            MatrixProduct.Multiply(blockScores, block, centroids, ProductForm.ABt, bias: halfSquares, workers: workers);
            for (var row = 0; row < block.Rows; row++)
            {
                nearest[first + row] = FirstLargest(blockScores.Row(row));
            }
        }

        return nearest;
    }

    private static int FirstLargest(ReadOnlySpan<float> scores)
    {
        var largest = 0;
        for (var cluster = 1; cluster < scores.Length; cluster++)
        {
            largest = scores[cluster] > scores[largest] ? cluster : largest;
        }

        return largest;
    }

    private static void Move(Matrix centroids, Matrix rows, int[] nearest)
    {
        var sums = new double[centroids.Rows * centroids.Columns];
        var counts = new int[centroids.Rows];
        for (var row = 0; row < rows.Rows; row++)
        {
            var sum = sums.AsSpan(nearest[row] * centroids.Columns, centroids.Columns);
            var values = rows.Row(row);
            for (var column = 0; column < sum.Length; column++)
            {
                sum[column] += values[column];
            }

            counts[nearest[row]]++;
        }

        for (var cluster = 0; cluster < counts.Length; cluster++)
        {
            for (var column = 0; counts[cluster] > 0 && column < centroids.Columns; column++)
            {
                centroids[cluster, column] = (float)(sums[cluster * centroids.Columns + column] / counts[cluster]);
            }
        }
    }
}
