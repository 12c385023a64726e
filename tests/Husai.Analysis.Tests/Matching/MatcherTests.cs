using Husai.Analysis.Chance;
using Husai.Analysis.Matching;
using Husai.Analysis.Similarity;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Matching;

public sealed class MatcherTests
{
    private static readonly Matrix Similarities = Matrix.From(new[,]
    {
        { 0.9f, 0.8f, 0.0f },
        { 0.85f, 0.1f, 0.2f },
    });

    [Fact]
    public void Large_side_first_or_last_and_memory_used_again_change_nothing()
    {
        var options = new SimilarityOptions { Matcher = Matcher.Hungarian };
        var few = RandomDirections.Isotropic(20, 8, new RandomStream(1, "test.few"));
        var many = RandomDirections.Isotropic(33, 8, new RandomStream(1, "test.many"));
        var match = DictionarySimilarity.FindMatch(few, many, options);
        var exchanged = DictionarySimilarity.FindMatch(many, few, options);
        Assert.Equal(match.PartnerOfRow, exchanged.PartnerOfColumn);
        Assert.Equal(match.RowSimilarity, exchanged.ColumnSimilarity);

        // A smaller match in the same memory, then the first one again.
        DictionarySimilarity.FindMatch(few, few, options);
        Assert.Equal(match.PartnerOfRow, DictionarySimilarity.FindMatch(few, many, options).PartnerOfRow);
    }

    [Theory]
    [InlineData(CosineMeasure.Absolute)]
    [InlineData(CosineMeasure.Signed)]
    public void Above_the_matrix_the_match_is_the_same_and_certified(CosineMeasure cosine)
    {
        var options = new SimilarityOptions { Matcher = Matcher.Hungarian, Cosine = cosine };
        var few = RandomDirections.Isotropic(30, 8, new RandomStream(2, "test.few"));
        var many = RandomDirections.Isotropic(HungarianMatcher.LargestMatrixSide + 1, 8, new RandomStream(2, "test.many"));
        var match = DictionarySimilarity.FindMatch(many, few, options);
        var whole = HungarianMatcher.Find(CosineMatrix.Of(few, many, cosine, null));
        Assert.Equal(whole.PartnerOfRow, match.PartnerOfColumn);
        Assert.Equal(whole.RowSimilarity, match.ColumnSimilarity);
        Assert.InRange(match.Certificate!.GapPerPair, 0, 1e-12);
        Assert.Null(DictionarySimilarity.FindMatch(few, few, options).Certificate);

        var greedy = options with { Matcher = Matcher.Greedy };
        var failure = Assert.Throws<ArgumentException>(() => DictionarySimilarity.FindMatch(many, few, greedy));
        Assert.StartsWith(
            "16385 and 30 latents: greedy matching is limited to 16384; use hungarian, max or mutual-nn",
            failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Maximum_shares_partners()
    {
        var match = DictionarySimilarity.FindMatch(Similarities, Matcher.Maximum);
        Assert.Equal([0, 0], match.PartnerOfRow);
        Assert.Equal([0, 0, 1], match.PartnerOfColumn);
        Assert.Equal(((0.9 + 0.85) / 2 + (0.9 + 0.8 + 0.2) / 3) / 2, match.Mean, 1e-6);
        Assert.Equal((1.0 + 2.0 / 3) / 2, match.FractionAbove(0.7), 1e-12);
    }

    [Fact]
    public void Hungarian_takes_the_largest_sum()
    {
        var match = DictionarySimilarity.FindMatch(Similarities, Matcher.Hungarian);
        Assert.Equal([1, 0], match.PartnerOfRow);
        Assert.Equal([1, 0, -1], match.PartnerOfColumn);
        Assert.Equal(0.825, match.Mean, 1e-6);
    }

    [Fact]
    public void Greedy_takes_the_most_similar_pair_first()
    {
        var match = DictionarySimilarity.FindMatch(Similarities, Matcher.Greedy);
        Assert.Equal([0, 2], match.PartnerOfRow);
        Assert.Equal(0.55, match.Mean, 1e-6);
    }

    [Fact]
    public void Mutual_nearest_leaves_the_others_alone()
    {
        var match = DictionarySimilarity.FindMatch(Similarities, Matcher.MutualNearest);
        Assert.Equal([0, -1], match.PartnerOfRow);
        Assert.Equal(0.9, match.Mean, 1e-6);
        Assert.Equal(0.5, match.FractionAbove(0.7), 1e-12);
    }

    [Theory]
    [InlineData(Matcher.Maximum)]
    [InlineData(Matcher.Hungarian)]
    [InlineData(Matcher.Greedy)]
    [InlineData(Matcher.MutualNearest)]
    public void Exchanging_the_sides_exchanges_the_partners(Matcher matcher)
    {
        var stream = new RandomStream(5, "test.matchers");
        var values = new Matrix(23, 31);
        stream.FillNormal(values.AsSpan());
        var match = DictionarySimilarity.FindMatch(values, matcher);
        var exchanged = DictionarySimilarity.FindMatch(values.Transpose(), matcher);
        Assert.Equal(match.PartnerOfRow, exchanged.PartnerOfColumn);
        Assert.Equal(match.Mean, exchanged.Mean, 1e-12);
    }

    [Fact]
    public void Greedy_equals_the_sorted_list_of_all_pairs()
    {
        var stream = new RandomStream(6, "test.greedy");
        var values = new Matrix(40, 29);
        stream.FillNormal(values.AsSpan());
        var rows = new HashSet<int>();
        var columns = new HashSet<int>();
        var expected = Enumerable.Repeat(-1, 40).ToArray();
        foreach (
            var (row, column) in Enumerable.Range(0, 40 * 29).Select(i => (i / 29, i % 29))
                .OrderByDescending(pair => values[pair.Item1, pair.Item2]))
        {
            if (!rows.Contains(row) && !columns.Contains(column))
            {
                rows.Add(row);
                columns.Add(column);
                expected[row] = column;
            }
        }

        Assert.Equal(expected, DictionarySimilarity.FindMatch(values, Matcher.Greedy).PartnerOfRow);
    }
}
