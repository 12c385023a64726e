using Husai.Analysis.Matching;
using Husai.Analysis.Matching.Candidates;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Matching;

/// <summary>The sparse solver alone: with all pairs it is the dense one, and pairs that come later change nothing in the end.</summary>
public sealed class SparseAssignmentTests
{
    [Theory]
    [InlineData(1, 1, 2)]
    [InlineData(3, 5, 3)]
    [InlineData(40, 40, 4)]
    [InlineData(40, 90, 1000)]
    [InlineData(150, 150, 1000)]
    [InlineData(120, 260, 3)]
    public void Pairs_may_come_in_parts(int rows, int columns, int levels)
    {
        for (uint trial = 0; trial < 20; trial++)
        {
            var stream = new RandomStream(5, "test.sparse", trial);
            var values = new Matrix(rows, columns);
            foreach (ref var value in values.AsSpan())
            {
                value = stream.NextInt32(levels) / (float)levels;
            }

            var assignment = new SparseAssignment(CandidateGraph.OfMatching(
                columns, [.. Enumerable.Range(0, rows)], [.. Enumerable.Range(0, rows).Select(row => values[row, row])]));
            for (var part = 0; part < 4; part++)
            {
                assignment.Extend(Part(values, part, stream));
                assignment.Solve(CancellationToken.None);
                AssertOptimal(assignment);
            }

            var dense = LinearAssignment.Maximise(values);
            var best = dense.Select((column, row) => (double)values[row, column]).Sum();
            Assert.Equal(best, assignment.ValueOfRow.Sum(value => (double)value), 1e-9);
        }
    }

    [Fact]
    public void Candidates_without_a_matching_are_said_to_be_so()
    {
        // Two rows that want one column, which OfMatching is there to rule out.
        var assignment = new SparseAssignment(CandidateGraph.OfMatching(2, [0, 0], [1, 1]));
        Assert.Throws<InvalidOperationException>(() => assignment.Solve(CancellationToken.None));
    }

    private static CandidatePairs Part(Matrix values, int part, RandomStream stream)
    {
        var pairs = new CandidatePairs();
        for (var row = 0; row < values.Rows; row++)
        {
            for (var column = 0; column < values.Columns; column++)
            {
                // The last part has all of them, and so pairs that are known already.
                if (part == 3 || stream.NextInt32(6) == 0)
                {
                    pairs.Add(row, column, values[row, column]);
                }
            }
        }

        return pairs;
    }

    private static void AssertOptimal(SparseAssignment assignment)
    {
        Assert.Equal(assignment.Graph.Rows, assignment.ColumnOfRow.Distinct().Count());
        for (var column = 0; column < assignment.Price.Length; column++)
        {
            var row = assignment.RowOfColumn[column];
            Assert.Equal(row < 0 ? -1 : column, row < 0 ? -1 : assignment.ColumnOfRow[row]);
            Assert.True(assignment.Price[column] >= 0 && (row >= 0 || assignment.Price[column] == 0));
        }

        for (var row = 0; row < assignment.Graph.Rows; row++)
        {
            Assert.Equal(assignment.GreatestProfit(row), assignment.Profit(row), 1e-12);
        }
    }
}
