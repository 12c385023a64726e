using Husai.Analysis.Geometry;
using Husai.Analysis.Similarity;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;

namespace Husai.Analysis.Stability;

/// <summary>Finds dictionaries whose trainings began at the same weights.</summary>
internal static class SharedStarts
{
    private const double SameStart = 0.99;
    private const double SameFinal = 0.2;

    // Of few rows in few dimensions some lie close by chance.
    private const double Deviations = 4;

    /// <summary>
    /// The pairs of a set that share their start: by an equal seed of initialisation, by their weights at step 0, else by their final
    /// weights.
    /// </summary>
    /// <param name="dictionaries">Of one width.</param>
    /// <remarks>
    /// Equal dictionaries are one dictionary twice and are not listed. Rows of the same index count by how far their cosine is above that
    /// of any two rows, since a common offset is no common start.
    /// </remarks>
    public static IReadOnlyList<SharedStart> Of(IReadOnlyList<LatentDictionary> dictionaries)
    {
        ArgumentNullException.ThrowIfNull(dictionaries);
        var found = new List<SharedStart>();
        for (var i = 0; i < dictionaries.Count; i++)
        {
            for (var j = i + 1; j < dictionaries.Count; j++)
            {
                if (EvidenceOf(dictionaries[i], dictionaries[j]) is { } evidence)
                {
                    var cosine = SameIndexCosine(dictionaries[i].Decoder, dictionaries[j].Decoder);
                    found.Add(new SharedStart(i, j, evidence, cosine?.Mean, CommonMotion(dictionaries[i], dictionaries[j])));
                }
            }
        }

        return found;
    }

    private static SharedStartEvidence? EvidenceOf(LatentDictionary first, LatentDictionary second)
    {
        if (AreEqual(first.Decoder, second.Decoder))
        {
            return null;
        }

        if (first.InitialisationSeed is { } seed && seed == second.InitialisationSeed)
        {
            return SharedStartEvidence.InitialisationSeed;
        }

        if (first.Start is { } firstStart && second.Start is { } secondStart)
        {
            return SameIndexCosine(firstStart.Decoder, secondStart.Decoder) is { } start && start.Mean > SameStart
                && start.Excess > SameFinal
                ? SharedStartEvidence.StartingWeights
                : null;
        }

        return SameIndexCosine(first.Decoder, second.Decoder) is { } final
            && final.Excess > Math.Max(SameFinal, Deviations * final.StandardError)
            ? SharedStartEvidence.FinalWeights
            : null;
    }

    // Null for other numbers of latents: which rows would be the same is unknown.
    private static (double Mean, double Excess, double StandardError)? SameIndexCosine(Matrix first, Matrix second)
    {
        if (first.Rows != second.Rows || first.Columns != second.Columns)
        {
            return null;
        }

        var firstUnit = UnitRows.Of(first);
        var secondUnit = UnitRows.Of(second);
        double sum = 0, squares = 0;
        for (var row = 0; row < first.Rows; row++)
        {
            var cosine = Reductions.Dot(firstUnit.Row(row), secondUnit.Row(row));
            sum += cosine;
            squares += cosine * cosine;
        }

        var firstMean = new double[first.Columns];
        var secondMean = new double[first.Columns];
        Reductions.ColumnSums(firstMean.AsSpan(), firstUnit);
        Reductions.ColumnSums(secondMean.AsSpan(), secondUnit);
        var mean = sum / first.Rows;
        // A single row of each has nothing to be compared with.
        var anyTwo = first.Rows == 1 ? 0 : (InnerProduct.InOrder(firstMean, secondMean) - sum) / first.Rows / (first.Rows - 1.0);
        return (mean, mean - anyTwo, Math.Sqrt(Math.Max(0, squares / first.Rows - mean * mean) / Math.Max(1, first.Rows - 1)));
    }

    private static double? CommonMotion(LatentDictionary first, LatentDictionary second)
    {
        if (first.Start is not { } firstStart || second.Start is not { } secondStart || first.Latents != second.Latents)
        {
            return null;
        }

        double level = 0, cosine = 0;
        for (var row = 0; row < first.Latents; row++)
        {
            level += Cosine(first.Decoder.Row(row), firstStart.Decoder.Row(row)) * Cosine(
                second.Decoder.Row(row), secondStart.Decoder.Row(row));
            cosine += Cosine(first.Decoder.Row(row), second.Decoder.Row(row));
        }

        return Kappa.HasRoom(level / first.Latents) ? Kappa.Corrected(cosine / first.Latents, level / first.Latents) : null;
    }

    internal static double Cosine(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        var norms = Math.Sqrt(Reductions.SumOfSquares(first)) * Math.Sqrt(Reductions.SumOfSquares(second));
        return norms > 0 ? Reductions.Dot(first, second) / norms : 0;
    }

    private static bool AreEqual(Matrix first, Matrix second)
    {
        if (first.Rows != second.Rows || first.Columns != second.Columns)
        {
            return false;
        }

        for (var row = 0; row < first.Rows; row++)
        {
            if (!first.Row(row).SequenceEqual(second.Row(row)))
            {
                return false;
            }
        }

        return true;
    }
}
