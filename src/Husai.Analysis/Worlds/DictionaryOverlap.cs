using Husai.Analysis.Similarity;
using Husai.Analysis.Statistics;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;

namespace Husai.Analysis.Worlds;

/// <summary>How far from orthogonal the rows of a dictionary are, in absolute cosines between different rows.</summary>
/// <param name="Mean">Over all pairs.</param>
/// <param name="MeanMaximum">Mean over the rows of the largest.</param>
/// <param name="Maximum">The largest of all.</param>
/// <param name="Mean95">Mean over the rows of the 95th percentile.</param>
/// <param name="Mean99">Mean over the rows of the 99th percentile.</param>
internal sealed record DictionaryOverlap(double Mean, double MeanMaximum, double Maximum, double Mean95, double Mean99)
{
    private const int RowsPerBlock = 32;

    /// <summary>Measures a dictionary.</summary>
    /// <param name="dictionary"><c>[rows, width]</c>, at least two rows.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <param name="progress">Told how many rows are done, from several threads; may be null.</param>
    /// <exception cref="ArgumentException">There are fewer than two rows.</exception>
    public static DictionaryOverlap Measure(Matrix dictionary, Workers? workers = null, Action<int>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(dictionary);
        if (dictionary.Rows < 2)
        {
            throw new ArgumentException($"a dictionary of {dictionary.Shape} has no two rows", nameof(dictionary));
        }

        var unit = UnitRows.Of(dictionary, workers);
        var rows = new (double Sum, float Maximum, double P95, double P99)[unit.Rows];
        var done = 0;
        MatrixProduct.VisitRowBlocks(
            unit, PackedMatrix.FromTransposed(unit, workers), default, RowsPerBlock,
            (first, block, _) =>
            {
                for (var row = 0; row < block.Rows; row++)
                {
                    rows[first + row] = MeasureRow(block.Row(row), first + row);
                }

                progress?.Invoke(Interlocked.Add(ref done, block.Rows));
            },
            workers);
        return new DictionaryOverlap(
            rows.Sum(row => row.Sum) / ((double)unit.Rows * (unit.Rows - 1)), rows.Average(row => (double)row.Maximum),
            rows.Max(row => row.Maximum), rows.Average(row => row.P95), rows.Average(row => row.P99));
    }

    private static (double Sum, float Maximum, double P95, double P99) MeasureRow(Span<float> cosines, int own)
    {
        // The row's cosine with itself makes room for the last.
        cosines[own] = cosines[^1];
        var others = cosines[..^1];
        var sum = 0.0;
        foreach (ref var cosine in others)
        {
            cosine = Math.Abs(cosine);
            sum += cosine;
        }

        others.Sort();
        return (sum, others[^1], Percentile.OfSorted<float>(others, 0.95), Percentile.OfSorted<float>(others, 0.99));
    }
}
