namespace Husai.Analysis.Matching;

/// <summary>Partners of the rows and of the columns of a similarity matrix.</summary>
/// <param name="PartnerOfRow">For each row its column, or -1.</param>
/// <param name="RowSimilarity">Similarity of each row to its partner; NaN without one.</param>
/// <param name="PartnerOfColumn">For each column its row, or -1.</param>
/// <param name="ColumnSimilarity">Similarity of each column to its partner; NaN without one.</param>
/// <param name="OneToOne">Whether no partner is shared.</param>
internal sealed record Match(
    int[] PartnerOfRow, float[] RowSimilarity, int[] PartnerOfColumn, float[] ColumnSimilarity, bool OneToOne)
{
    /// <summary>
    /// That no other one-to-one match has a larger sum; null where the whole matrix of similarities was at hand, or for another match.
    /// </summary>
    public MatchCertificate? Certificate { get; init; }

    /// <summary>Number of rows with a partner.</summary>
    public int Pairs => PartnerOfRow.Count(partner => partner >= 0);

    /// <summary>
    /// Mean similarity over the rows that have a partner and over such columns, the two averaged; for a one-to-one match that is the mean
    /// over its pairs. NaN when nothing is matched.
    /// </summary>
    public double Mean => (MeanOf(RowSimilarity) + MeanOf(ColumnSimilarity)) / 2;

    /// <summary>
    /// Share above a threshold: of the pairs that would be possible when one to one (the smaller side's latents), else of the rows and of
    /// the columns, averaged.
    /// </summary>
    public double FractionAbove(double threshold)
    {
        var rows = RowSimilarity.Count(value => value > threshold);
        return OneToOne
            ? rows / (double)Math.Min(RowSimilarity.Length, ColumnSimilarity.Length)
            : (rows / (double)RowSimilarity.Length
                + ColumnSimilarity.Count(value => value > threshold) / (double)ColumnSimilarity.Length) / 2;
    }

    /// <summary>
    /// Median similarity over the rows that have a partner (Bricken et al. 2023 report it for activations); NaN when none has.
    /// </summary>
    public double MedianOfRows
    {
        get
        {
            var values = RowSimilarity.Where(value => !float.IsNaN(value)).Order().ToArray();
            return values.Length == 0 ? double.NaN : (values[(values.Length - 1) / 2] + (double)values[values.Length / 2]) / 2;
        }
    }

    /// <summary>Builds a one-to-one match from the partner of each row.</summary>
    internal static Match FromRows(int[] partnerOfRow, int columns, Func<int, int, float> similarity)
    {
        var rowSimilarity = new float[partnerOfRow.Length];
        var partnerOfColumn = new int[columns];
        var columnSimilarity = new float[columns];
        Array.Fill(partnerOfColumn, -1);
        Array.Fill(columnSimilarity, float.NaN);
        for (var row = 0; row < partnerOfRow.Length; row++)
        {
            var column = partnerOfRow[row];
            rowSimilarity[row] = column < 0 ? float.NaN : similarity(row, column);
            if (column >= 0)
            {
                partnerOfColumn[column] = row;
                columnSimilarity[column] = rowSimilarity[row];
            }
        }

        return new Match(partnerOfRow, rowSimilarity, partnerOfColumn, columnSimilarity, OneToOne: true);
    }

    /// <summary>The same match with rows and columns exchanged.</summary>
    internal Match Transpose() =>
        new(PartnerOfColumn, ColumnSimilarity, PartnerOfRow, RowSimilarity, OneToOne) { Certificate = Certificate };

    /// <summary>
    /// This match with the smaller of its own and another match's similarities; NaN where either has no partner, or under
    /// <paramref name="samePartner"/> another one.
    /// </summary>
    internal Match SmallerOf(Match other, bool samePartner) => this with
    {
        RowSimilarity = SmallerOf(RowSimilarity, other.RowSimilarity, PartnerOfRow, other.PartnerOfRow, samePartner),
        ColumnSimilarity = SmallerOf(ColumnSimilarity, other.ColumnSimilarity, PartnerOfColumn, other.PartnerOfColumn, samePartner),
    };

    private static float[] SmallerOf(float[] first, float[] second, int[] firstPartners, int[] secondPartners, bool samePartner)
    {
        var result = new float[first.Length];
        for (var i = 0; i < result.Length; i++)
        {
            // Math.Min passes a NaN on.
            result[i] = samePartner && firstPartners[i] != secondPartners[i] ? float.NaN : Math.Min(first[i], second[i]);
        }

        return result;
    }

    private static double MeanOf(float[] values)
    {
        double sum = 0;
        var count = 0;
        foreach (var value in values)
        {
            if (!float.IsNaN(value))
            {
                sum += value;
                count++;
            }
        }

        return sum / count;
    }
}
