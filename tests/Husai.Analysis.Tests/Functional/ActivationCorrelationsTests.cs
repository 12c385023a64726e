using Husai.Analysis.Functional;
using Husai.Analysis.Matching;
using Husai.Autoencoders.Model;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Functional;

public sealed class ActivationCorrelationsTests
{
    [Fact]
    public void The_nearest_are_those_of_the_whole_matrix_on_any_threads()
    {
        var rows = Normal(900, 16, 1);
        var (first, second) = (Firing(rows, 60, 2), Firing(rows, 83, 3));
        var (a, b) = (Codes(first), Codes(second));
        var products = new Matrix(first.Count, second.Count);
        a.ByLatent.MultiplyLines(products, b.ByRow, Workers.Alone);
        var correlations = new ActivationCorrelations(first, second);
        var expected = MaximumMatcher.Find(correlations.Of(products));

        using var two = new Workers(2);
        foreach (var workers in new[] { Workers.Alone, two })
        {
            var nearest = correlations.Nearest(a, b, workers);
            Assert.Equal(expected.PartnerOfRow, nearest.PartnerOfRow);
            Assert.Equal(expected.RowSimilarity, nearest.RowSimilarity);
            Assert.Equal(expected.PartnerOfColumn, nearest.PartnerOfColumn);
            Assert.Equal(expected.ColumnSimilarity, nearest.ColumnSimilarity);
        }
    }

    [Fact]
    public void Products_of_single_pairs_are_those_of_the_whole_matrix()
    {
        var rows = Normal(300, 16, 1);
        var (first, second) = (Firing(rows, 40, 2), Firing(rows, 31, 3));
        var (a, b) = (Codes(first), Codes(second));
        var products = new Matrix(first.Count, second.Count);
        a.ByLatent.MultiplyLines(products, b.ByRow, Workers.Alone);
        var (whole, single) = (new WholeProducts(products), new SparseProducts(a, b));
        for (var i = 0; i < first.Count; i++)
        {
            for (var j = 0; j < second.Count; j++)
            {
                Assert.Equal(whole[i, j], single[i, j]);
                Assert.Equal(whole.Transpose()[j, i], single.Transpose()[j, i]);
            }
        }
    }

    private static LatentCodes Codes(FiringLatents latents) => latents.SparseCodes(Workers.Alone, CancellationToken.None);

    private static FiringLatents Firing(Matrix rows, int latents, uint seed)
    {
        var decoder = Normal(latents, rows.Columns, seed);
        var sae = Sae.TopK(decoder, decoder, new float[latents], new float[rows.Columns], k: 4);
        return FiringLatents.Of("sae", sae, rows, Workers.Alone, CancellationToken.None);
    }

    private static Matrix Normal(int rows, int columns, uint seed)
    {
        var result = new Matrix(rows, columns);
        new RandomStream(seed, "test.correlations").FillNormal(result.AsSpan());
        return result;
    }
}
