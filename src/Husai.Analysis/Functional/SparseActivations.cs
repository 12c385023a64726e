using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Functional;

/// <summary>The activations of an SAE's latents on some rows, without those that are 0: for each row the latents that fire.</summary>
internal sealed class SparseActivations
{
    private readonly int[] _starts;
    private readonly int[] _indices;
    private readonly float[] _values;

    /// <summary>Takes the activations.</summary>
    /// <param name="starts">Where each row begins in the others, and their end: one more than there are rows.</param>
    /// <param name="latents">The latents that fire on a row, ascending.</param>
    /// <param name="values">Their activations.</param>
    public SparseActivations(int[] starts, int[] latents, float[] values)
    {
        (_starts, _indices, _values) = (starts, latents, values);
    }

    /// <summary>Number of rows.</summary>
    public int Rows => _starts.Length - 1;

    /// <summary>Number of activations that are not 0.</summary>
    public int Count => _values.Length;

    /// <summary>Whether no activation is below 0.</summary>
    public bool IsNeverNegative => !Array.Exists(_values, value => value < 0);

    /// <summary>
    /// Sums over the rows of the products of activations, a line here for each latent, with another SAE's; in double precision, the rows in
    /// order.
    /// </summary>
    /// <param name="products">Receives them, <c>[latents, other latents]</c>.</param>
    /// <param name="other">The other SAE's on the same rows, a line for each row.</param>
    /// <param name="workers">Threads to use.</param>
    public void MultiplyLines(Matrix products, SparseActivations other, Workers workers)
    {
        RowBlocks.For(products.Rows, products.Columns, workers, (first, end) =>
        {
            var sums = new double[products.Columns];
            for (var latent = first; latent < end; latent++)
            {
                Array.Clear(sums);
                AddLine(latent, other, sums);
                var line = products.Row(latent);
                for (var column = 0; column < line.Length; column++)
                {
                    line[column] = (float)sums[column];
                }
            }
        });
    }

    /// <summary>The same with a line for each latent, which has the rows on which it fires.</summary>
    /// <param name="latents">Number of latents.</param>
    public SparseActivations Transpose(int latents)
    {
        var starts = new int[latents + 1];
        foreach (var latent in _indices)
        {
            starts[latent + 1]++;
        }

        for (var latent = 0; latent < latents; latent++)
        {
            starts[latent + 1] += starts[latent];
        }

        var (next, rows, values) = (starts[..^1], new int[Count], new float[Count]);
        for (var row = 0; row < Rows; row++)
        {
            for (var place = _starts[row]; place < _starts[row + 1]; place++)
            {
                var target = next[_indices[place]]++;
                (rows[target], values[target]) = (row, _values[place]);
            }
        }

        return new SparseActivations(starts, rows, values);
    }

    /// <summary>Adds the sums of products of one latent, a line here, with all latents of another SAE.</summary>
    /// <param name="line">The latent.</param>
    /// <param name="other">The other SAE's activations, a line for each row.</param>
    /// <param name="sums">One for each latent of the other SAE.</param>
    /// <param name="reached">Receives the latents whose sums were 0 and are met, or null.</param>
    public void AddLine(int line, SparseActivations other, double[] sums, List<int>? reached = null)
    {
        for (var place = _starts[line]; place < _starts[line + 1]; place++)
        {
            var value = (double)_values[place];
            var row = _indices[place];
            for (var theirs = other._starts[row]; theirs < other._starts[row + 1]; theirs++)
            {
                ref var sum = ref sums[other._indices[theirs]];
                if (sum == 0)
                {
                    reached?.Add(other._indices[theirs]);
                }

                sum += value * other._values[theirs];
            }
        }
    }

    /// <summary>The sum of products of two lines, in the order of their elements.</summary>
    public double DotOfLines(int line, SparseActivations other, int otherLine)
    {
        var (place, theirs, sum) = (_starts[line], other._starts[otherLine], 0.0);
        while (place < _starts[line + 1] && theirs < other._starts[otherLine + 1])
        {
            var difference = _indices[place] - other._indices[theirs];
            sum += difference == 0 ? (double)_values[place] * other._values[theirs] : 0;
            place += difference <= 0 ? 1 : 0;
            theirs += difference >= 0 ? 1 : 0;
        }

        return sum;
    }
}
