using Husai.Numerics.Matrices;

namespace Husai.Analysis.Matching;

/// <summary>The one-to-one match with the largest sum of similarities.</summary>
internal static class HungarianMatcher
{
    /// <summary>The largest side that is matched from the matrix of all cosines, which takes 1 GiB; above, it is never made.</summary>
    public const int LargestMatrixSide = 16_384;

    internal static Match Find(Matrix cosines, CancellationToken cancellation = default)
    {
        // The solver wants no more rows than columns; both orders give the same sum. Large matrices are made in the right order and not
        // copied here.
        var values = cosines.Rows > cosines.Columns ? cosines.Transpose() : cosines;
        var match = Match.FromRows(
            LinearAssignment.Maximise(values, cancellation), values.Columns, (row, column) => values.Row(row)[column]);
        return ReferenceEquals(values, cosines) ? match : match.Transpose();
    }
}
