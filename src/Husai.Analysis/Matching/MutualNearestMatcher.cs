namespace Husai.Analysis.Matching;

/// <summary>Pairs in which each is the other's best partner.</summary>
internal static class MutualNearestMatcher
{
    public static Match Find(Match nearest)
    {
        var partners = new int[nearest.PartnerOfRow.Length];
        for (var row = 0; row < partners.Length; row++)
        {
            var column = nearest.PartnerOfRow[row];
            partners[row] = nearest.PartnerOfColumn[column] == row ? column : -1;
        }

        return Match.FromRows(partners, nearest.PartnerOfColumn.Length, (row, _) => nearest.RowSimilarity[row]);
    }
}
