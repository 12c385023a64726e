using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Husai.Analysis.Matching;
using Husai.Analysis.Similarity;
using Husai.Numerics.Matrices;
using Husai.Testing.Properties;

namespace Husai.Analysis.Tests.Matching;

public sealed class MatchingPropertyTests
{
    // Few different values, so that ties occur; more rows than columns, as many, and fewer.
    private static readonly Gen<int[][]> Similarities =
        from rows in Gen.Choose(1, 7)
        from columns in Gen.Choose(1, 7)
        from levels in Gen.Choose(0, 6)
        from values in Gen.Choose(-levels, levels).ArrayOf(columns).ArrayOf(rows)
        select values;

    [Fact]
    public void Hungarian_pairs_the_smaller_side_with_the_largest_sum_there_is() => RandomCases.Check(Similarities, values =>
    {
        var match = Match(values, Matcher.Hungarian);

        AssertOneToOne(values, match);
        Assert.Equal(Math.Min(values.Length, values[0].Length), match.Pairs);
        Assert.Equal(LargestSum(values), Sum(match));
    });

    [Fact]
    public void Greedy_leaves_no_pair_that_both_would_rather_have() => RandomCases.Check(Similarities, values =>
    {
        var match = Match(values, Matcher.Greedy);

        AssertOneToOne(values, match);
        Assert.Equal(Math.Min(values.Length, values[0].Length), match.Pairs);
        Assert.InRange(Sum(match), double.NegativeInfinity, LargestSum(values));
        for (var row = 0; row < values.Length; row++)
        {
            for (var column = 0; column < values[0].Length; column++)
            {
                // NaN, without a partner, reaches nothing.
                Assert.True(match.RowSimilarity[row] >= values[row][column] || match.ColumnSimilarity[column] >= values[row][column]);
            }
        }
    });

    [Fact]
    public void Mutual_nearest_pairs_are_the_best_of_both_and_greedy_pairs_too() => RandomCases.Check(Similarities, values =>
    {
        var match = Match(values, Matcher.MutualNearest);
        var greedy = Match(values, Matcher.Greedy);

        AssertOneToOne(values, match);
        Assert.InRange(match.Pairs, 1, greedy.Pairs);
        foreach (var (column, row) in match.PartnerOfRow.Select((column, row) => (column, row)).Where(pair => pair.column >= 0))
        {
            Assert.Equal(values[row].Max(), values[row][column]);
            Assert.Equal(values.Max(line => line[column]), values[row][column]);
            Assert.Equal(column, greedy.PartnerOfRow[row]);
        }
    });

    private static Match Match(int[][] values, Matcher matcher)
    {
        var similarities = new Matrix(values.Length, values[0].Length);
        for (var row = 0; row < values.Length; row++)
        {
            for (var column = 0; column < values[0].Length; column++)
            {
                similarities[row, column] = values[row][column];
            }
        }

        return DictionarySimilarity.FindMatch(similarities, matcher);
    }

    private static void AssertOneToOne(int[][] values, Match match)
    {
        Assert.Equal((values.Length, values[0].Length), (match.PartnerOfRow.Length, match.PartnerOfColumn.Length));
        for (var row = 0; row < values.Length; row++)
        {
            if (match.PartnerOfRow[row] is var column and >= 0)
            {
                Assert.Equal(row, match.PartnerOfColumn[column]);
                Assert.Equal(values[row][column], match.RowSimilarity[row]);
                Assert.Equal(values[row][column], match.ColumnSimilarity[column]);
            }
        }

        Assert.Equal(match.Pairs, match.PartnerOfColumn.Count(row => row >= 0));
    }

    private static double Sum(Match match) => match.RowSimilarity.Where(value => !float.IsNaN(value)).Sum();

    // Over all sets of columns that the rows so far can have taken: as many pairs as possible, then the largest sum.
    private static double LargestSum(int[][] values)
    {
        var pairs = Math.Min(values.Length, values[0].Length);
        var best = Enumerable.Repeat(double.NegativeInfinity, 1 << values[0].Length).ToArray();
        best[0] = 0;
        foreach (var row in values)
        {
            for (var taken = best.Length - 1; taken > 0; taken--)
            {
                for (var column = 0; column < row.Length; column++)
                {
                    if ((taken >> column & 1) == 1)
                    {
                        best[taken] = Math.Max(best[taken], best[taken & ~(1 << column)] + row[column]);
                    }
                }
            }
        }

        return Enumerable.Range(0, best.Length).Where(taken => BitOperations.PopCount((uint)taken) == pairs).Max(taken => best[taken]);
    }
}
