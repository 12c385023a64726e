using System.Runtime.Intrinsics;
using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Numerics.Kernels;

/// <summary>Rows scaled to length 1.</summary>
internal static unsafe class UnitRows
{
    /// <summary>A copy in which each row is divided by its norm; a zero row stays zero.</summary>
    /// <param name="rows"><c>[rows, width]</c>.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public static Matrix Of(Matrix rows, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var result = rows.Clone();
        Normalise(result, workers);
        return result;
    }

    /// <summary>Divides each row by its norm; a zero row stays zero.</summary>
    /// <param name="rows"><c>[rows, width]</c>.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public static void Normalise(Matrix rows, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        RowBlocks.For(rows.Rows, rows.Columns, workers, (first, end) =>
        {
            for (var row = first; row < end; row++)
            {
                Scale(rows.Row(row), rows.Row(row));
            }
        });
    }

    /// <summary>Writes a row divided by its norm; a zero row stays zero.</summary>
    /// <param name="row">The row.</param>
    /// <param name="result">Receives it; as long, and may be the same span.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Scale(ReadOnlySpan<float> row, Span<float> result)
    {
        Require.Length(result.Length, row.Length, nameof(result));
        var norm = Math.Sqrt(Reductions.SumOfSquares(row));
        if (!(norm > 0))
        {
            row.CopyTo(result);
            return;
        }

        fixed (float* source = row, target = result)
        {
            var n = Vector512.Create(norm);
            for (var i = 0; i < row.Length; i += Lanes.Count)
            {
                var (lower, upper) = Lanes.Widen(Lanes.Load(source + i, row.Length - i));
                Lanes.Store(Vector512.Narrow(lower / n, upper / n), target + i, row.Length - i);
            }
        }
    }
}
