using System.Runtime.InteropServices;
using Husai.Analysis.Matching;
using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Functional;

/// <summary>Pearson correlations of the activations of two SAEs' latents; 0 where an activation is constant.</summary>
internal sealed class ActivationCorrelations
{
    private readonly FiringLatents _first;
    private readonly FiringLatents _second;
    private readonly double[] _firstDeviation;
    private readonly double[] _secondDeviation;

    public ActivationCorrelations(FiringLatents first, FiringLatents second)
    {
        (_first, _second) = (first, second);
        (_firstDeviation, _secondDeviation) = (Deviations(first), Deviations(second));
    }

    /// <summary>The correlations of all pairs, <c>[first, second]</c>.</summary>
    /// <param name="products">Sums over the rows of the products of activations, the same shape.</param>
    public Matrix Of(Matrix products)
    {
        var result = new Matrix(_first.Count, _second.Count);
        for (var i = 0; i < _first.Count; i++)
        {
            for (var j = 0; j < _second.Count; j++)
            {
                result[i, j] = Of(i, j, products[i, j]);
            }
        }

        return result;
    }

    /// <summary>The partner of each latent with the largest correlation, without a matrix of them; ties go to the lower index.</summary>
    /// <param name="first">Codes of the first SAE.</param>
    /// <param name="second">Codes of the second SAE.</param>
    /// <param name="workers">Threads to use.</param>
    public Match Nearest(LatentCodes first, LatentCodes second, Workers workers)
    {
        var (partnerOfRow, rowSimilarity) = NearestOfFirst(first, second, workers);
        var (partnerOfColumn, columnSimilarity) = new ActivationCorrelations(_second, _first).NearestOfFirst(second, first, workers);
        return new Match(partnerOfRow, rowSimilarity, partnerOfColumn, columnSimilarity, OneToOne: false);
    }

    private float Of(int i, int j, double product)
    {
        var scale = _firstDeviation[i] * _secondDeviation[j];
        return scale > 0 ? (float)((product - (_first.Sum[i] * _second.Sum[j] / _first.Rows.Rows)) / scale) : 0;
    }

    // Where no activation is below 0, latents that never fire together correlate by 0 at most: one that has a positive correlation has its
    // partner among those that fire when it does.
    private (int[] Partners, float[] Values) NearestOfFirst(LatentCodes first, LatentCodes second, Workers workers)
    {
        var all = Enumerable.Range(0, _second.Count).ToArray();
        var isNeverNegative = first.ByRow.IsNeverNegative && second.ByRow.IsNeverNegative;
        var (partners, values) = (new int[_first.Count], new float[_first.Count]);
        RowBlocks.For(_first.Count, _second.Count, workers, (start, end) =>
        {
            // Written before it is read: the system maps a new page that is read first twice.
            var sums = GC.AllocateUninitializedArray<double>(_second.Count);
            Array.Clear(sums);
            var together = new List<int>();
            for (var i = start; i < end; i++)
            {
                together.Clear();
                first.ByLatent.AddLine(i, second.ByRow, sums, together);
                (partners[i], values[i]) = Largest(i, sums, CollectionsMarshal.AsSpan(together));
                if (!isNeverNegative || !(values[i] > 0))
                {
                    (partners[i], values[i]) = Largest(i, sums, all);
                }

                together.ForEach(j => sums[j] = 0);
            }
        });
        return (partners, values);
    }

    // Ties go to the lower index.
    private (int Partner, float Value) Largest(int i, double[] products, ReadOnlySpan<int> candidates)
    {
        var (partner, value) = (0, float.NegativeInfinity);
        foreach (var j in candidates)
        {
            var correlation = Of(i, j, (float)products[j]);
            if (correlation > value || (correlation == value && j < partner))
            {
                (partner, value) = (j, correlation);
            }
        }

        return (partner, value);
    }

    private static double[] Deviations(FiringLatents latents) =>
        [.. latents.SumOfSquares.Zip(latents.Sum, (squares, sum) =>
            Math.Sqrt(Math.Max(0, squares - (sum * sum / latents.Rows.Rows))))];
}
