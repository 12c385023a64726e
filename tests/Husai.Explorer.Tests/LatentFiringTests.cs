using Husai.Analysis.Latents;
using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Model;
using Husai.Explorer.Saes;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Explorer.Tests;

public sealed class LatentFiringTests
{
    [Theory]
    [InlineData(49)]
    [InlineData(256)]
    [InlineData(2500)]
    public void It_has_the_codes_of_all_rows(int rows)
    {
        var (sae, activations) = (SaeOf("encoder"), Random(rows, 6, "rows"));
        var firing = FiringOf(sae, activations, rows);
        var codes = sae.Encode(activations);

        Assert.Equal(rows, firing.Rows);
        for (var latent = 0; latent < sae.Latents; latent++)
        {
            var activity = Enumerable.Range(0, rows).Select(row => codes[row, latent]).ToArray();
            Assert.Equal(activity, firing.Map(latent));
            Assert.Equal(ActivationHistogram.Of(activity).Counts, firing.Histogram(latent).Counts);
        }
    }

    [Fact]
    public void Of_many_rows_pieces_at_even_distances_are_taken()
    {
        var pieces = RowPieces.Of(10_000, 1024);

        Assert.Equal([(0, 256), (2500, 256), (5000, 256), (7500, 256)], pieces.Select(piece => ((int)piece.First, piece.Count)));
        Assert.Equal([(0, 256), (256, 44)], RowPieces.Of(300, 300).Select(piece => ((int)piece.First, piece.Count)));
        Assert.Equal([(0L, 1)], RowPieces.Of(1, 1024));
        Assert.Equal(1024, FiringOf(SaeOf("encoder"), Random(10_000, 6, "rows"), 1024).Rows);
    }

    [Fact]
    public void Correlations_are_those_of_all_values()
    {
        var activations = Random(700, 6, "rows");
        var (one, other) = (FiringOf(SaeOf("encoder"), activations, 700), FiringOf(SaeOf("other"), activations, 700));
        for (var latent = 0; latent < one.Latents; latent++)
        {
            for (var partner = 0; partner < other.Latents; partner++)
            {
                Assert.Equal(Pearson(one.Map(latent), other.Map(partner)), one.Correlation(latent, other, partner)!.Value, 9);
            }

            Assert.Equal(1.0, one.Correlation(latent, one, latent)!.Value, 9);
        }
    }

    [Fact]
    public void What_never_fires_correlates_with_nothing()
    {
        var activations = Random(20, 6, "rows");
        var silent = Sae.TopK(new Matrix(20, 6), Random(20, 6, "decoder"), [.. Enumerable.Repeat(-1f, 20)], new float[6], 3);
        var firing = FiringOf(silent, activations, 20);

        Assert.Null(firing.Correlation(0, firing, 1));
    }

    [Fact]
    public void What_fires_alike_on_every_row_correlates_with_nothing()
    {
        var even = Sae.TopK(new Matrix(20, 6), Random(20, 6, "decoder"), [.. Enumerable.Repeat(.1f, 20)], new float[6], 20);
        for (var rows = 2; rows < 60; rows++)
        {
            var firing = FiringOf(even, Random(rows, 6, "rows"), rows);
            Assert.Equal(.1f, firing.Map(0)[0]);
            Assert.Null(firing.Correlation(0, firing, 1));
        }
    }

    private static double Pearson(float[] first, float[] second)
    {
        var (mean, otherMean) = (first.Average(value => (double)value), second.Average(value => (double)value));
        var product = first.Zip(second).Sum(pair => (pair.First - mean) * (pair.Second - otherMean));
        return product / Math.Sqrt(
            first.Sum(value => (value - mean) * (value - mean)) * second.Sum(value => (value - otherMean) * (value - otherMean)));
    }

    private static LatentFiring FiringOf(Sae sae, Matrix activations, int mostRows) =>
        LatentFiring.Of(sae, new TracedSource(new MatrixActivations(activations)), mostRows, Workers.Alone);

    private static Sae SaeOf(string purpose) =>
        Sae.TopK(Random(20, 6, purpose), Random(20, 6, "decoder"), new float[20], new float[6], 3);

    private static Matrix Random(int rows, int columns, string purpose)
    {
        var matrix = new Matrix(rows, columns);
        new RandomStream(1, purpose).FillNormal(matrix.AsSpan());
        return matrix;
    }
}
