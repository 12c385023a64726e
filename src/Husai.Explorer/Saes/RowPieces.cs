namespace Husai.Explorer.Saes;

/// <summary>Which rows an SAE is run on: all of them, or a sample of pieces at even distances where there are more than a number.</summary>
internal static class RowPieces
{
    private const int RowsOfPiece = 256;

    /// <summary>The pieces, in order.</summary>
    /// <param name="rows">Rows that there are.</param>
    /// <param name="most">Most rows to take; at least one piece is taken.</param>
    public static IReadOnlyList<(long First, int Count)> Of(long rows, int most)
    {
        var pieces = rows <= most ? (int)((rows + RowsOfPiece - 1) / RowsOfPiece) : Math.Max(1, most / RowsOfPiece);
        var stride = rows <= most ? RowsOfPiece : rows / (double)pieces;
        return
        [
            .. Enumerable.Range(0, pieces).Select(piece => (long)(piece * stride))
                .Select(first => (first, (int)Math.Min(RowsOfPiece, rows - first))),
        ];
    }
}
