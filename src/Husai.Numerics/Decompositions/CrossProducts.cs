using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Numerics.Decompositions;

/// <summary>
/// Mean products of every two centred columns, in double precision: each is one chain over the rows in order, so threads do not matter.
/// </summary>
internal sealed class CrossProducts
{
    // 64 rows of 768 doubles stay in the second-level cache while all products are formed.
    private const int BlockRows = 64;
    private const int Lanes = 4;
    private const int ColumnsPerTask = 16;

    private readonly double[] _mean;
    private readonly double[][] _sums;
    private readonly double[] _block;
    private long _rows;

    /// <summary>Starts with no rows.</summary>
    /// <param name="mean">What is taken off each column.</param>
    public CrossProducts(double[] mean)
    {
        _mean = mean;
        var padded = (mean.Length + Lanes - 1) / Lanes * Lanes;
        _sums = [.. mean.Select(_ => new double[padded])];
        _block = new double[BlockRows * padded];
    }

    /// <summary>Symmetric <c>[width, width]</c>, divided by the number of rows.</summary>
    /// <param name="rows"><c>[rows, width]</c>.</param>
    /// <param name="mean">What is taken off each column.</param>
    /// <param name="workers">Threads to use.</param>
    public static double[,] Of(Matrix rows, double[] mean, Workers? workers)
    {
        var products = new CrossProducts(mean);
        products.Add(rows, workers);
        return products.ToMatrix();
    }

    /// <summary>Takes in further rows, in order.</summary>
    /// <param name="rows"><c>[rows, width]</c>.</param>
    /// <param name="workers">Threads to use.</param>
    public void Add(Matrix rows, Workers? workers)
    {
        var width = _mean.Length;
        var padded = _sums[0].Length;
        for (var start = 0; start < rows.Rows; start += BlockRows)
        {
            var count = Math.Min(BlockRows, rows.Rows - start);
            for (var row = 0; row < count; row++)
            {
                var source = rows.Row(start + row);
                for (var i = 0; i < width; i++)
                {
                    _block[row * padded + i] = source[i] - _mean[i];
                }
            }

            (workers ?? Workers.Alone).For((width + ColumnsPerTask - 1) / ColumnsPerTask, (task, _) =>
            {
                for (var i = task * ColumnsPerTask; i < Math.Min(width, (task + 1) * ColumnsPerTask); i++)
                {
                    Accumulate(_sums[i], _block, count, i);
                }
            });
        }

        _rows += rows.Rows;
    }

    /// <summary>The mean products of the rows so far, symmetric <c>[width, width]</c>.</summary>
    public double[,] ToMatrix()
    {
        var width = _mean.Length;
        var values = new double[width, width];
        for (var i = 0; i < width; i++)
        {
            for (var j = i; j < width; j++)
            {
                values[i, j] = values[j, i] = _sums[i][j] / _rows;
            }
        }

        return values;
    }

    // sums[j] += x[i] x[j] for j from i's group of lanes on; multiplication and addition are rounded apart, on every machine.
    private static void Accumulate(double[] sums, double[] block, int rows, int i)
    {
        ref var sum = ref MemoryMarshal.GetArrayDataReference(sums);
        ref var data = ref MemoryMarshal.GetArrayDataReference(block);
        var j = i / Lanes * Lanes;

        // Four sums at a time: each is a chain of additions, and one chain alone waits for itself.
        for (; j <= sums.Length - 4 * Lanes; j += 4 * Lanes)
        {
            var total0 = Vector256.LoadUnsafe(ref sum, (nuint)j);
            var total1 = Vector256.LoadUnsafe(ref sum, (nuint)(j + Lanes));
            var total2 = Vector256.LoadUnsafe(ref sum, (nuint)(j + 2 * Lanes));
            var total3 = Vector256.LoadUnsafe(ref sum, (nuint)(j + 3 * Lanes));
            for (var row = 0; row < rows; row++)
            {
                var offset = row * sums.Length;
                var factor = Vector256.Create(block[offset + i]);
                total0 += factor * Vector256.LoadUnsafe(ref data, (nuint)(offset + j));
                total1 += factor * Vector256.LoadUnsafe(ref data, (nuint)(offset + j + Lanes));
                total2 += factor * Vector256.LoadUnsafe(ref data, (nuint)(offset + j + 2 * Lanes));
                total3 += factor * Vector256.LoadUnsafe(ref data, (nuint)(offset + j + 3 * Lanes));
            }

            total0.StoreUnsafe(ref sum, (nuint)j);
            total1.StoreUnsafe(ref sum, (nuint)(j + Lanes));
            total2.StoreUnsafe(ref sum, (nuint)(j + 2 * Lanes));
            total3.StoreUnsafe(ref sum, (nuint)(j + 3 * Lanes));
        }

        for (; j < sums.Length; j += Lanes)
        {
            var total = Vector256.LoadUnsafe(ref sum, (nuint)j);
            for (var row = 0; row < rows; row++)
            {
                var offset = row * sums.Length;
                total += Vector256.Create(block[offset + i]) * Vector256.LoadUnsafe(ref data, (nuint)(offset + j));
            }

            total.StoreUnsafe(ref sum, (nuint)j);
        }
    }
}
