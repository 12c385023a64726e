using Husai.Analysis.Similarity;
using Husai.Analysis.Statistics;
using Husai.Numerics.Matrices;

namespace Husai.Analysis.Tests.Similarity;

public sealed class ActivationMapsTests
{
    private static readonly SimilarityOptions Signed = new() { Cosine = CosineMeasure.Signed };

    [Fact]
    public void The_similarity_of_maps_is_their_correlation()
    {
        var first = Matrix.From(new[,] { { 1f, 2f, 3f, 10f }, { 0f, 5f, 0f, 0f } });
        var second = Matrix.From(new[,] { { 4f, 1f, 0f, 7f } });
        var match = DictionarySimilarity.Between(ActivationMaps.Centred("A", first), ActivationMaps.Centred("B", second), Signed).Match;
        Assert.Equal(RankCorrelation.Pearson([1, 2, 3, 10], [4, 1, 0, 7]), match.RowSimilarity[0], 1e-6);
        Assert.Equal(RankCorrelation.Pearson([0, 5, 0, 0], [4, 1, 0, 7]), match.RowSimilarity[1], 1e-6);
        Assert.Equal((match.RowSimilarity[0] + (double)match.RowSimilarity[1]) / 2, match.MedianOfRows, 1e-12);
    }

    [Fact]
    public void Constant_maps_are_left_out()
    {
        var maps = Matrix.From(new[,] { { 0.1f, 0.1f, 0.1f }, { 1f, 2f, 3f } });
        var result = DictionarySimilarity.Between(ActivationMaps.Centred("A", maps), ActivationMaps.Centred("B", maps), Signed);
        Assert.Equal(1, result.First.ZeroRows);
        Assert.Equal(1, result.Value, 1e-6);
    }
}
