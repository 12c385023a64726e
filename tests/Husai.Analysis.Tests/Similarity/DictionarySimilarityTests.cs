using Husai.Analysis.Chance;
using Husai.Analysis.Similarity;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Similarity;

public sealed class DictionarySimilarityTests
{
    private static readonly SimilarityOptions Hungarian = new() { Matcher = Matcher.Hungarian };

    [Fact]
    public void The_toy_example_of_the_literature_comes_out()
    {
        var first = new LatentDictionary("A", Matrix.From(new[,] { { 1f, 0f }, { 0f, 1f } }));
        var second = new LatentDictionary("B", Matrix.From(new[,] { { .1f, 1f }, { 1f, .2f } }));
        Assert.Equal(0.987809, DictionarySimilarity.Between(first, second, Hungarian).Value, 5e-7);
    }

    [Theory]
    [InlineData(Matcher.Maximum, CosineMeasure.Absolute)]
    [InlineData(Matcher.Maximum, CosineMeasure.Signed)]
    [InlineData(Matcher.Hungarian, CosineMeasure.Absolute)]
    [InlineData(Matcher.Hungarian, CosineMeasure.Signed)]
    [InlineData(Matcher.MutualNearest, CosineMeasure.Signed)]
    [InlineData(Matcher.Greedy, CosineMeasure.Absolute)]
    public void A_permuted_and_scaled_copy_is_identical(Matcher matcher, CosineMeasure cosine)
    {
        var first = Random("A", 60, 16, 1);
        var second = Permuted(first, (row, index) => row * (index + 1f));
        var result = DictionarySimilarity.Between(first, second, new SimilarityOptions { Matcher = matcher, Cosine = cosine });
        Assert.Equal(1, result.Value, 1e-6);
        Assert.Equal(
            result.Match.PartnerOfRow,
            new RandomStream(2, "test.permutation").Permutation(60).Select((p, i) => (p, i)).OrderBy(x => x.p).Select(x => x.i));
    }

    [Fact]
    public void Flipped_signs_matter_to_the_signed_cosine_only()
    {
        var first = Random("A", 40, 64, 1);
        var second = Permuted(first, (row, index) => index % 2 == 0 ? row : -row);
        Assert.Equal(1, DictionarySimilarity.Between(first, second, Hungarian).Value, 1e-6);
        Assert.InRange(DictionarySimilarity.Between(first, second, Hungarian with { Cosine = CosineMeasure.Signed }).Value, 0.4, 0.8);
    }

    [Fact]
    public void A_64_by_128_dictionary_is_not_taken_for_its_transpose()
    {
        var first = Random("A", 64, 128, 1);
        var second = Random("B", 128, 64, 2);
        var failure = Assert.Throws<ArgumentException>(() => DictionarySimilarity.Between(first, second, Hungarian));
        Assert.Contains("width 128", failure.Message, StringComparison.Ordinal);
        Assert.Contains("width 64", failure.Message, StringComparison.Ordinal);
        // 64 directions in R^128 are far apart; 128 in R^64 would not be.
        var score = DictionarySimilarity.Between(first, Random("C", 64, 128, 3), new SimilarityOptions()).Value;
        Assert.InRange(score, IsotropicMaximum.Absolute(128, 64) - 0.01, IsotropicMaximum.Absolute(128, 64) + 0.01);
    }

    [Fact]
    public void Dictionaries_of_different_sizes_are_matched_in_either_order()
    {
        var first = Random("A", 20, 32, 1);
        var second = Random("B", 50, 32, 2);
        var there = DictionarySimilarity.Between(first, second, Hungarian);
        var back = DictionarySimilarity.Between(second, first, Hungarian);
        Assert.Equal(20, there.Match.Pairs);
        Assert.Equal(there.Value, back.Value, 1e-7);
    }

    [Fact]
    public void Dead_latents_and_zero_rows_are_left_out_and_counted()
    {
        var decoder = Random("A", 4, 8, 1).Decoder;
        decoder.Row(2).Clear();
        var dictionary = new LatentDictionary("A", decoder, null, [0.5, 0.0, 0.5, 0.1]);
        var selection = LatentSelection.Of(dictionary, new SimilarityOptions());
        Assert.Equal([0, 3], selection.Latents);
        Assert.Equal((1, 1), (selection.Dead, selection.ZeroRows));
        Assert.Equal([0, 1, 3], LatentSelection.Of(dictionary, new SimilarityOptions { IncludeDead = true }).Latents);
        Assert.Equal([0, 1, 3], LatentSelection.Of(new LatentDictionary("A", decoder), new SimilarityOptions()).Latents);
    }

    [Fact]
    public void Nothing_left_to_compare_is_an_error()
    {
        var dictionary = new LatentDictionary("A", Random("A", 2, 8, 1).Decoder, null, [0.0, 0.0]);
        Assert.Contains(
            "2 are dead", Assert.Throws<ArgumentException>(() => LatentSelection.Of(dictionary, new SimilarityOptions())).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Weights_that_are_not_finite_are_refused(float value)
    {
        var decoder = Random("A", 4, 8, 1).Decoder;
        decoder[3, 5] = value;
        Assert.Contains(
            "row 3", Assert.Throws<ArgumentException>(() => new LatentDictionary("A", decoder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_weights_share_a_latent_only_when_both_agree()
    {
        var first = new LatentDictionary("A", Random("A", 30, 64, 1).Decoder, Random("A", 30, 64, 2).Decoder);
        var otherEncoder = new LatentDictionary("B", first.Decoder, Random("B", 30, 64, 3).Decoder);
        var options = new SimilarityOptions
        {
            Cosine = CosineMeasure.Signed,
            Matcher = Matcher.Hungarian,
            Weights = MatchedWeights.Both,
            Reduction = MatchReduction.FractionAboveThreshold,
        };
        Assert.Equal(1, DictionarySimilarity.Between(first, first, options).Value);
        Assert.Equal(1, DictionarySimilarity.Between(first, first, options).StrictAbove(0.7));
        Assert.Equal(0, DictionarySimilarity.Between(first, otherEncoder, options).Value);
        Assert.Equal(1, DictionarySimilarity.Between(first, otherEncoder, options with { Weights = MatchedWeights.Decoder }).Value);
    }

    [Fact]
    public void The_strict_rule_wants_the_same_partner()
    {
        var rows = Random("A", 10, 64, 1).Decoder;
        var reversed = new Matrix(10, 64);
        for (var i = 0; i < 10; i++)
        {
            rows.Row(i).CopyTo(reversed.Row(9 - i));
        }

        var result = DictionarySimilarity.Between(
            new LatentDictionary("A", rows, rows), new LatentDictionary("B", rows, reversed),
            new SimilarityOptions
            {
                Matcher = Matcher.Hungarian,
                Weights = MatchedWeights.Both,
                Reduction = MatchReduction.FractionAboveThreshold,
            });
        Assert.Equal(1, result.Value);
        Assert.Equal(0, result.StrictAbove(0.7));
    }

    [Fact]
    public void The_name_says_all_four_choices()
    {
        Assert.Equal("abs cosine, max, decoder, mean", new SimilarityOptions().Name);
        Assert.Equal("signed cosine, mutual-nn, both, fraction>0.7", new SimilarityOptions
        {
            Cosine = CosineMeasure.Signed,
            Matcher = Matcher.MutualNearest,
            Weights = MatchedWeights.Both,
            Reduction = MatchReduction.FractionAboveThreshold,
        }.Name);
    }

    [Fact]
    public void A_common_offset_raises_the_score_and_its_removal_takes_it_back()
    {
        var first = Random("A", 64, 32, 1);
        var second = Random("B", 64, 32, 2);
        var before = DictionarySimilarity.Between(first, second, new SimilarityOptions()).Value;
        foreach (var dictionary in new[] { first, second })
        {
            for (var i = 0; i < 64; i++)
            {
                dictionary.Decoder.Row(i)[0] += 20;
            }
        }

        var offset = DictionarySimilarity.Between(first, second, new SimilarityOptions()).Value;
        var removed = DictionarySimilarity.Between(
            MeanDirection.Remove(first), MeanDirection.Remove(second), new SimilarityOptions()).Value;
        Assert.True(offset > 0.9);
        Assert.InRange(removed, before - 0.05, before + 0.05);
    }

    private static LatentDictionary Random(string name, int latents, int width, uint index)
    {
        var decoder = new Matrix(latents, width);
        new RandomStream(11, "test.similarity", index).FillNormal(decoder.AsSpan());
        return new LatentDictionary(name, decoder);
    }

    private static LatentDictionary Permuted(LatentDictionary source, Func<float, int, float> scale)
    {
        var permutation = new RandomStream(2, "test.permutation").Permutation(source.Latents);
        var rows = new Matrix(source.Latents, source.Width);
        for (var i = 0; i < rows.Rows; i++)
        {
            for (var j = 0; j < rows.Columns; j++)
            {
                rows[i, j] = scale(source.Decoder[permutation[i], j], i);
            }
        }

        return new LatentDictionary("permuted", rows);
    }
}
