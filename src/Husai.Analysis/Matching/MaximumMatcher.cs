using Husai.Numerics;

namespace Husai.Analysis;

/// <summary>The best partner of each row and of each column, over blocks of rows: the whole similarity matrix is never in memory.</summary>
internal static class MaximumMatcher
{
    private const int BlockRows = 256;

    public static Match Find(Matrix first, Matrix second, CosineMeasure cosine, Workers workers)
    {
        var match = new Match(
            new int[first.Rows], new float[first.Rows], new int[second.Rows], new float[second.Rows], OneToOne: false);
        Array.Fill(match.RowSimilarity, float.NegativeInfinity);
        Array.Fill(match.ColumnSimilarity, float.NegativeInfinity);
        var block = new Matrix(Math.Min(BlockRows, first.Rows), second.Rows);
        for (var start = 0; start < first.Rows; start += BlockRows)
        {
            var rows = Math.Min(BlockRows, first.Rows - start);
            var cosines = block.SliceRows(0, rows);
            CosineMatrix.Compute(cosines, first.SliceRows(start, rows), second, cosine, workers);
            for (var row = 0; row < rows; row++)
            {
                Update(match, start + row, cosines.Row(row));
            }
        }

        return match;
    }

    public static Match Find(Matrix cosines)
    {
        var match = new Match(
            new int[cosines.Rows], new float[cosines.Rows], new int[cosines.Columns], new float[cosines.Columns], OneToOne: false);
        Array.Fill(match.RowSimilarity, float.NegativeInfinity);
        Array.Fill(match.ColumnSimilarity, float.NegativeInfinity);
        for (var row = 0; row < cosines.Rows; row++)
        {
            Update(match, row, cosines.Row(row));
        }

        return match;
    }

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
