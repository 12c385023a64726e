using Husai.Analysis.Similarity;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Matching.Candidates;

/// <summary>
/// The one-to-one match with the largest sum of cosines, without their matrix: candidates from one blocked product are matched exactly,
/// another product checks the prices against all pairs, those that are better than what their row has become candidates, and so on until
/// there are none (column generation on the assignment problem).
/// </summary>
/// <remarks>
/// Memory beyond the rows: a packed copy of the second, and at most 49 + 16 x rounds candidates for each row and 12 for each column, of 8
/// bytes each.
/// </remarks>
internal static class CertifiedMatcher
{
    private const int CandidatesOfRow = 48;
    private const int CandidatesOfColumn = 12;
    private const int AddedToRow = 16;

    // What many additions in double precision may leave.
    private const double Tolerance = 1e-12;

    /// <summary>Finds it.</summary>
    /// <param name="first"><c>[rows, width]</c>, no zero row; no more than <paramref name="second"/> has.</param>
    /// <param name="second"><c>[columns, width]</c>, no zero row.</param>
    /// <param name="cosine">Signed or absolute.</param>
    /// <param name="workers">Threads to use; the result does not depend on their number.</param>
    /// <param name="progress">Told how far it has come, or null.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static Match Find(
        Matrix first, Matrix second, CosineMeasure cosine, Workers? workers = null, RoundProgress? progress = null,
        CancellationToken cancellation = default)
    {
        var search = new CandidateSearch(first, second, cosine == CosineMeasure.Absolute, (workers ?? Workers.Alone).Until(cancellation));
        var price = new double[search.Columns];
        var floor = new double[search.Rows];
        Array.Fill(floor, double.NegativeInfinity);
        var found = search.Find(price, floor, CandidatesOfRow, CandidatesOfColumn, share => progress?.Invoke(1, share));
        // With the pairs of equal numbers there is a matching of all rows from the start.
        var assignment = new SparseAssignment(
            CandidateGraph.OfMatching(search.Columns, [.. Enumerable.Range(0, search.Rows)], found.Diagonal));
        assignment.Extend(found.Pairs());
        for (var rounds = 2; ; rounds++)
        {
            assignment.Solve(cancellation);
            var round = rounds;
            for (var row = 0; row < floor.Length; row++)
            {
                floor[row] = assignment.Profit(row) + Tolerance;
            }

            found = search.Find(assignment.Price, floor, AddedToRow, 0, share => progress?.Invoke(round, share));
            var before = assignment.Graph.Pairs;
            var certificate = Certify(assignment, found.OfRows, rounds, first.Columns);
            assignment.Extend(found.Pairs());
            if (assignment.Graph.Pairs == before)
            {
                return ToMatch(assignment) with { Certificate = certificate };
            }
        }
    }

    private static MatchCertificate Certify(SparseAssignment assignment, BestOfLine better, int rounds, int width)
    {
        var (largest, gap) = (0.0, 0.0);
        for (var row = 0; row < better.Lines; row++)
        {
            var violation = better.Count(row) == 0 ? 0 : better[row, 0].Profit - assignment.Profit(row);
            (largest, gap) = (Math.Max(largest, violation), gap + violation);
        }

        for (var column = 0; column < assignment.Price.Length; column++)
        {
            gap += assignment.RowOfColumn[column] < 0 ? assignment.Price[column] : 0;
        }

        return new MatchCertificate(largest, gap / better.Lines, rounds, assignment.Graph.Pairs, RoundingOf(width));
    }

    // Runs of 256 fused multiply-adds that are added in order, and a division in each of the two rows: each step is off by 2^-24 of a sum
    // of at most 1.
    private static double RoundingOf(int width) => (Math.Min(width, 256) + (width + 255) / 256 + 2) * Math.Pow(2, -24);

    private static Match ToMatch(SparseAssignment assignment) =>
        Match.FromRows(assignment.ColumnOfRow, assignment.Price.Length, (row, _) => assignment.ValueOfRow[row]);
}
