using Husai.Analysis.Similarity;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;

namespace Husai.Analysis.Matching;

/// <summary>The best partner of each row and of each column.</summary>
internal static class MaximumMatcher
{
    /// <summary>Matches directions; their matrix of cosines is never in memory as a whole.</summary>
    public static Match Find(
        Matrix first, Matrix second, CosineMeasure cosine, Workers? workers, Action<double>? progress = null) =>
        ToMatch(CosineMaximum.Find(first, second, cosine == CosineMeasure.Absolute, workers, progress));

    /// <summary>Matches directions by absolute cosine and by cosine, from one product.</summary>
    public static (Match Absolute, Match Signed) FindAbsoluteAndSigned(
        Matrix first, Matrix second, Workers? workers, Action<double>? progress = null)
    {
        var (absolute, signedMaxima) = CosineMaximum.FindAbsoluteAndSigned(first, second, workers, progress);
        return (ToMatch(absolute), ToMatch(signedMaxima));
    }

    /// <summary>Matches the rows of a matrix of similarities with its columns; ties go to the lower index.</summary>
    public static Match Find(Matrix similarities)
    {
        var match = new Match(
            new int[similarities.Rows], new float[similarities.Rows], new int[similarities.Columns], new float[similarities.Columns],
            OneToOne: false);
        Array.Fill(match.RowSimilarity, float.NegativeInfinity);
        Array.Fill(match.ColumnSimilarity, float.NegativeInfinity);
        for (var row = 0; row < similarities.Rows; row++)
        {
            Update(match, row, similarities.Row(row));
        }

        return match;
    }

    private static Match ToMatch(CosineMaxima maxima) =>
        new(maxima.RowIndex, maxima.RowMaximum, maxima.ColumnIndex, maxima.ColumnMaximum, OneToOne: false);

    private static void Update(Match match, int row, ReadOnlySpan<float> similarities)
    {
        for (var column = 0; column < similarities.Length; column++)
        {
            var similarity = similarities[column];
            if (similarity > match.RowSimilarity[row])
            {
                match.RowSimilarity[row] = similarity;
                match.PartnerOfRow[row] = column;
            }

            if (similarity > match.ColumnSimilarity[column])
            {
                match.ColumnSimilarity[column] = similarity;
                match.PartnerOfColumn[column] = row;
            }
        }
    }
}
