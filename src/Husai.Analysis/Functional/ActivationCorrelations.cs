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

    private (int[] Partners, float[] Values) NearestOfFirst(LatentCodes first, LatentCodes second, Workers workers)
    {
        var (partners, values) = (new int[_first.Count], new float[_first.Count]);
        RowBlocks.For(_first.Count, _second.Count, workers, (start, end) =>
        {
            var sums = new double[_second.Count];
            for (var i = start; i < end; i++)
            {
                Array.Clear(sums);
                first.ByLatent.AddLine(i, second.ByRow, sums);
                values[i] = float.NegativeInfinity;
                for (var j = 0; j < sums.Length; j++)
                {
                    var correlation = Of(i, j, (float)sums[j]);
                    if (correlation > values[i])
                    {
                        (partners[i], values[i]) = (j, correlation);
                    }
                }
            }
        });
        return (partners, values);
    }

    private static double[] Deviations(FiringLatents latents) =>
        [.. latents.SumOfSquares.Zip(latents.Sum, (squares, sum) =>
            Math.Sqrt(Math.Max(0, squares - (sum * sum / latents.Rows.Rows))))];
}
