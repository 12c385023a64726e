using Husai.Numerics;

namespace Husai.Analysis;

/// <summary>How close the nearest other latent of the same dictionary is: what seeds that share a cloud of directions, and no latents, come to.</summary>
internal static class OwnNeighbour
{
    // Latents that stand for all of a larger dictionary.
    private const int LargestWhole = 4096;
    private const int SampleRows = 512;
    private const int BlockRows = 256;

    /// <summary>Mean over the dictionaries; its standard error is that of the sampled latents, 0 where all took part. Null where both weights are compared or a dictionary has one latent.</summary>
    public static ChanceLevel? Of(SimilarityGroup group, SimilarityOptions similarity, ulong seed, Workers? workers, CancellationToken cancellation)
    {
        if (group.Weights == MatchedWeights.Both || group.Sizes.Min() < 2)
        {
            return null;
        }

        double value = 0, variance = 0;
        for (var number = 0; number < group.Rows.Count; number++)
        {
            var unit = UnitRows.Of(group.Rows[number].Rows);
            var all = Enumerable.Range(0, unit.Rows).ToArray();
            var chosen = unit.Rows <= LargestWhole ? all : new RandomStream(seed, "chance.own_neighbour", (uint)number).Sample(unit.Rows, SampleRows);
            var nearest = Nearest(unit, chosen, similarity.Cosine, workers, cancellation)
                .Select(cosine => similarity.Reduction == MatchReduction.Mean ? cosine : cosine > similarity.Threshold ? 1.0 : 0).ToArray();
            var level = ChanceLevel.Of(nearest);
            value += level.Value / group.Rows.Count;
            variance += chosen.Length < all.Length ? level.StandardError * level.StandardError / group.Rows.Count / group.Rows.Count : 0;
        }

        return new ChanceLevel(value, Math.Sqrt(variance), 0);
    }

    private static double[] Nearest(Matrix unit, int[] chosen, CosineMeasure cosine, Workers? workers, CancellationToken cancellation)
    {
        var result = new double[chosen.Length];
        for (var start = 0; start < chosen.Length; start += BlockRows)
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = chosen.AsSpan(start, Math.Min(BlockRows, chosen.Length - start)).ToArray();
            var block = new LatentSelection(rows, 0, 0).RowsOf(unit);
            var cosines = new Matrix(rows.Length, unit.Rows);
            MatrixProduct.Multiply(cosines, block, unit, ProductForm.ABt, workers: workers);
            for (var index = 0; index < rows.Length; index++)
            {
                var values = cosines.Row(index);
                values[rows[index]] = float.NegativeInfinity;
                var best = float.NegativeInfinity;
                for (var other = 0; other < values.Length; other++)
                {
                    best = Math.Max(best, cosine == CosineMeasure.Absolute && other != rows[index] ? Math.Abs(values[other]) : values[other]);
                }

                result[start + index] = best;
            }
        }

        return result;
    }
}
