using Husai.Analysis.Similarity;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;

namespace Husai.Analysis.Tests.Similarity;

/// <summary>
/// Removal of the mean direction of a dictionary, a known confound: latents that share an offset look alike in every seed.
/// </summary>
internal static class MeanDirection
{
    /// <summary>The same dictionary with unit rows from which the component along their mean is taken; zero rows stay zero.</summary>
    public static LatentDictionary Remove(LatentDictionary dictionary)
    {
        ArgumentNullException.ThrowIfNull(dictionary);
        return new LatentDictionary(
            dictionary.Name, Remove(dictionary.Decoder), dictionary.Encoder is null ? null : Remove(dictionary.Encoder),
            dictionary.FiringFrequencies);
    }

    private static Matrix Remove(Matrix rows)
    {
        var result = rows.Clone();
        UnitRows.Normalise(result);
        var mean = new double[rows.Columns];
        Reductions.ColumnSums(mean.AsSpan(), result);
        var norm = Math.Sqrt(InnerProduct.InOrder(mean, mean));
        for (var index = 0; norm > 0 && index < result.Rows; index++)
        {
            var row = result.Row(index);
            var along = 0.0;
            for (var i = 0; i < row.Length; i++)
            {
                along += row[i] * mean[i] / norm;
            }

            for (var i = 0; i < row.Length; i++)
            {
                row[i] = (float)(row[i] - along * mean[i] / norm);
            }
        }

        return result;
    }
}
