using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;
using PublishedTables.Measures;

namespace PublishedTables.Tests.Measures;

public sealed class FourierR2Tests
{
    [Fact]
    public void A_perfect_embedding_of_five_frequencies_scores_a_fifth_as_published_and_one_in_truth()
    {
        var embedding = Waves(113, 64, [2, 14, 23, 35, 51], new RandomStream(0, "test.waves"));

        var r2 = FourierR2.Of(embedding, 113, 5);

        Assert.Equal(1, r2.Right, 6);
        Assert.InRange(r2.AsPublished, 0.15, 0.25);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    public void Pairs_of_mirror_images_score_nothing_as_published(int frequencies)
    {
        var random = new Matrix(113, 128);
        new RandomStream(0, "test.embedding").FillNormal(random.AsSpan());

        Assert.Equal(0, FourierR2.Of(random, 113, frequencies).AsPublished, 6);
    }

    [Fact]
    public void A_random_embedding_scores_about_what_the_original_recorded()
    {
        var random = new Matrix(113, 128);
        new RandomStream(0, "test.embedding").FillNormal(random.AsSpan());

        Assert.InRange(FourierR2.Of(random, 113, 5).AsPublished, 0.017, 0.023);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void The_published_score_is_that_of_the_doubled_basis(int frequencies)
    {
        const int P = 11;
        const int Width = 6;
        var embedding = new Matrix(P, Width);
        new RandomStream(3, "test.embedding").FillNormal(embedding.AsSpan());

        Assert.Equal(Directly(embedding, P, Width, frequencies), FourierR2.Of(embedding, P, frequencies).AsPublished, 5);
    }

    // With B spelt out: a unit cosine and a unit sine for each of the leading of the p frequencies, mirror images included.
    private static double Directly(Matrix embedding, int p, int width, int frequencies)
    {
        double Wave(int k, int x, bool sine) =>
            k == 0
                ? sine
                ? 0
                : 1 / Math.Sqrt(p)
                : Math.Sqrt(2.0 / p) * (sine ? Math.Sin(2 * Math.PI * k * x / p) : Math.Cos(2 * Math.PI * k * x / p));
        double Product(int k, bool sine, int column) => Enumerable.Range(0, p).Sum(x => Wave(k, x, sine) * embedding[x, column]);
        double Magnitude(int k) =>
            Enumerable.Range(0, width).Sum(column => Math.Pow(Product(k, false, column), 2) + Math.Pow(Product(k, true, column), 2)) * (
                k == 0 ? 1 : 0.5);
        var leading = Enumerable.Range(0, p).OrderByDescending(k => Math.Round(Magnitude(k), 9)).Take(frequencies).ToArray();
        double residual = 0, total = 0;
        for (var column = 0; column < width; column++)
        {
            var products = leading.Select(k => (K: k, Cosine: Product(k, false, column), Sine: Product(k, true, column))).ToArray();
            for (var x = 0; x < p; x++)
            {
                var fitted = products.Sum(product => product.Cosine * Wave(product.K, x, false) + product.Sine * Wave(product.K, x, true));
                residual += Math.Pow(embedding[x, column] - fitted, 2);
                total += Math.Pow(embedding[x, column], 2);
            }
        }

        return 1 - residual / total;
    }

    private static Matrix Waves(int p, int width, int[] frequencies, RandomStream stream)
    {
        var coefficients = new Matrix(2 * frequencies.Length, width);
        stream.FillNormal(coefficients.AsSpan());
        var embedding = new Matrix(p, width);
        for (var x = 0; x < p; x++)
        {
            for (var column = 0; column < width; column++)
            {
                embedding[x, column] = (float)frequencies.Select((k, i) =>
                    coefficients[2 * i, column] * Math.Cos(2 * Math.PI * k * x / p) + coefficients[2 * i + 1, column] * Math.Sin(
                        2 * Math.PI * k * x / p)).Sum();
            }
        }

        return embedding;
    }
}
