using Husai.Analysis.Similarity;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Chance;

/// <summary>
/// How close the nearest other latent of the same dictionary is: what seeds that share a cloud of directions, and no latents, come to.
/// </summary>
internal static class OwnNeighbour
{
    // Latents that stand for all of a larger dictionary.
    private const int LargestWhole = 4096;
    private const int SampleRows = 512;
    private const int BlockRows = 256;

    /// <summary>
    /// For each similarity of a group the mean over the dictionaries; its standard error is that of the sampled latents, 0 where all took
    /// part. Null where both weights are compared or a dictionary has one latent.
    /// </summary>
    public static ChanceLevel?[] Of(SimilarityGroup group, ulong seed, Workers? workers, CancellationToken cancellation)
    {
        if (group.Weights == MatchedWeights.Both || group.Sizes.Min() < 2)
        {
            return new ChanceLevel?[group.Similarities.Count];
        }

        CosineMeasure[] cosines = [.. group.Similarities.Select(similarity => similarity.Cosine).Distinct()];
        var values = new double[group.Similarities.Count];
        var variances = new double[group.Similarities.Count];
        for (var number = 0; number < group.Rows.Count; number++)
        {
            var unit = UnitRows.Of(group.Rows[number].Rows);
            var all = Enumerable.Range(0, unit.Rows).ToArray();
            var chosen = unit.Rows <= LargestWhole
                ? all
                : new RandomStream(seed, "chance.own_neighbour", (uint)number).Sample(unit.Rows, SampleRows);
            var nearest = Nearest(unit, chosen, cosines, workers, cancellation);
            for (var index = 0; index < values.Length; index++)
            {
                var similarity = group.Similarities[index];
                var level = ChanceLevel.Of(Array.ConvertAll(
                    nearest[Array.IndexOf(cosines, similarity.Cosine)],
                    cosine => similarity.Reduction == MatchReduction.Mean ? cosine : cosine > similarity.Threshold ? 1.0 : 0));
                values[index] += level.Value / group.Rows.Count;
                variances[index] += chosen.Length < all.Length
                    ? level.StandardError * level.StandardError / group.Rows.Count / group.Rows.Count
                    : 0;
            }
        }

        return [.. values.Zip(variances, (value, variance) => new ChanceLevel(value, Math.Sqrt(variance), 0))];
    }

    // One product for all cosines.
    private static double[][] Nearest(Matrix unit, int[] chosen, CosineMeasure[] cosines, Workers? workers, CancellationToken cancellation)
    {
        var result = Array.ConvertAll(cosines, _ => new double[chosen.Length]);
        for (var start = 0; start < chosen.Length; start += BlockRows)
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = chosen.AsSpan(start, Math.Min(BlockRows, chosen.Length - start)).ToArray();
            var block = new LatentSelection(rows, 0, 0).RowsOf(unit);
            var products = new Matrix(rows.Length, unit.Rows);
            MatrixProduct.Multiply(products, block, unit, ProductForm.ABt, workers: workers);
            for (var index = 0; index < rows.Length; index++)
            {
                for (var cosine = 0; cosine < cosines.Length; cosine++)
                {
                    result[cosine][start + index] = Largest(products.Row(index), rows[index], cosines[cosine]);
                }
            }
        }

        return result;
    }

    private static float Largest(ReadOnlySpan<float> products, int itself, CosineMeasure cosine)
    {
        var best = float.NegativeInfinity;
        for (var other = 0; other < products.Length; other++)
        {
            if (other != itself)
            {
                best = Math.Max(best, cosine == CosineMeasure.Absolute ? Math.Abs(products[other]) : products[other]);
            }
        }

        return best;
    }
}
