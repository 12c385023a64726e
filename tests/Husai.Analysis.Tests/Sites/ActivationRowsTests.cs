using Husai.Analysis.Chance;
using Husai.Analysis.Geometry;
using Husai.Analysis.Similarity;
using Husai.Analysis.Sites;
using Husai.Analysis.Stability;
using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Model;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Sites;

public sealed class ActivationRowsTests
{
    private const int Width = 12;
    private static readonly Matrix Activations = Normal(3000, Width, 1);

    [Fact]
    public void The_covariance_of_chunks_is_that_of_the_whole()
    {
        var whole = Covariance.Of(Activations);
        var chunks = new ActivationRows(new MatrixActivations(Activations)).Covariance();
        for (var i = 0; i < Width; i++)
        {
            Assert.Equal(whole.Mean[i], chunks.Mean[i], 1e-7);
            for (var j = 0; j < Width; j++)
            {
                Assert.Equal(whole.Values[i, j], chunks.Values[i, j], 1e-7);
            }
        }
    }

    [Fact]
    public void Frequencies_are_counted_on_the_rows_that_are_used()
    {
        using var two = new Workers(2);
        var sae = Sae.Standard(Normal(40, Width, 2), Normal(40, Width, 3), new float[40], new float[Width]);
        var codes = sae.Encode(Activations);
        var expected = Enumerable.Range(0, 40).Select(latent =>
            Enumerable.Range(0, codes.Rows).Count(row => codes[row, latent] > 0) / (double)codes.Rows);
        Assert.Equal(expected, new ActivationRows(new MatrixActivations(Activations)).FiringFrequencies("sae", sae, two));

        var some = new ActivationRows(new MatrixActivations(Activations), mostRows: 100);
        Assert.Equal((100, 3000), (some.Rows, some.Available));
        Assert.All(some.FiringFrequencies("sae", sae), frequency => Assert.Equal(Math.Round(100 * frequency), 100 * frequency, 1e-9));
        Assert.Equal(
            some.Sample(20).AsSpan().ToArray(),
            new ActivationRows(new MatrixActivations(Activations), mostRows: 100).Sample(20).AsSpan().ToArray());
    }

    [Fact]
    public void Frequencies_that_a_set_was_measured_with_go_to_the_dictionaries_that_have_none()
    {
        var rows = new ActivationRows(new MatrixActivations(Activations));
        var saes = new uint[] { 2, 4 }.Select(seed => (
            $"sae {seed}",
            Sae.Standard(Normal(40, Width, seed), Normal(40, Width, seed + 1), new float[40], new float[Width]))).ToArray();
        var own = Enumerable.Repeat(0.25, 40).ToArray();

        var known = LatentActivity.Of(rows, Covariance.Of(Activations), saes, [], new StabilityOptions()).WithFrequencies(
            [new LatentDictionary("first", saes[0].Item2.Decoder), new LatentDictionary("second", saes[1].Item2.Decoder, null, own)]);

        Assert.Equal(rows.FiringFrequencies("sae", saes[0].Item2), known[0].FiringFrequencies);
        Assert.Equal(own, known[1].FiringFrequencies);
    }

    [Fact]
    public void A_value_that_is_not_finite_is_named_with_its_row()
    {
        var damaged = Activations.Clone();
        damaged[2345, 7] = float.NaN;
        var error = Assert.Throws<NonFiniteActivationsException>(() => new ActivationRows(new MatrixActivations(damaged)).Covariance());
        Assert.Equal((2345, 7), (error.Row, error.Column));
    }

    [Fact]
    public void Turned_encoders_keep_the_mean_and_the_variance_of_every_pre_activation()
    {
        var covariance = Covariance.Of(Activations);
        var encoder = Normal(8, Width, 4);
        float[] bias = [.. Enumerable.Range(0, 8).Select(latent => 1000 + latent / 8f)];
        var sae = Sae.Standard(encoder, Normal(8, Width, 5), bias, [.. Enumerable.Range(0, Width).Select(i => i / 7f)]);
        var turned = sae.WithEncoderAbout(
            PrincipalAxes.Of(covariance).Draw(new RandomStream(1, "test.turn")).Apply(encoder), covariance.Mean);

        // With such a bias every latent fires everywhere: codes are pre-activations.
        var (before, after) = (sae.Encode(Activations), turned.Encode(Activations));
        Assert.NotEqual(before[0, 0], after[0, 0], 0.01);
        for (var latent = 0; latent < 8; latent++)
        {
            var (first, second) = (Moments(before, latent), Moments(after, latent));
            Assert.Equal(first.Mean, second.Mean, 1e-2);

            // Bands are as wide as a factor 1.1.
            Assert.InRange(second.Variance / first.Variance, 1 / 1.1, 1.1);
        }
    }

    [Fact]
    public void Activations_that_share_nothing_are_at_the_level_of_turned_encoders()
    {
        var rows = new ActivationRows(new MatrixActivations(Activations), mostRows: 500);
        var covariance = Covariance.Of(Activations);
        (string, Sae) RandomSae(uint seed)
        {
            var directions = RandomDirections.Isotropic(30, Width, new RandomStream(seed, "test.sae"));
            return ($"sae {seed}", Sae.TopK(directions, directions, new float[30], new float[Width], 4));
        }

        var options = new StabilityOptions();
        var agreement = ActivationAgreement.Of(
            [RandomSae(1), RandomSae(2), RandomSae(3), RandomSae(4)], [RandomSae(1), RandomSae(2)], rows, covariance, options);
        Assert.Equal(agreement.Turned.Value, agreement.Mean, 0.03);
        Assert.InRange(0, agreement.KappaTurned.Low!.Value - 0.03, agreement.KappaTurned.High!.Value + 0.03);
        Assert.Equal(agreement.Matrix[0][1], agreement.Untrained!.Value, 1e-9);

        using var two = new Workers(2);
        var again = ActivationAgreement.Of([RandomSae(1), RandomSae(2), RandomSae(3), RandomSae(4)], [], rows, covariance, options, two);
        Assert.Equal(agreement.Turned, again.Turned);
        Assert.Null(again.Untrained);

        // The same latents in another order agree completely, far above the level.
        Assert.True(ActivationAgreement.Of([RandomSae(1), RandomSae(1)], [], rows, covariance, options).KappaTurned.Mean > 0.99);
    }

    private static (double Mean, double Variance) Moments(Matrix codes, int latent)
    {
        double[] values = [.. Enumerable.Range(0, codes.Rows).Select(row => (double)codes[row, latent])];
        var mean = values.Average();
        return (mean, values.Average(value => (value - mean) * (value - mean)));
    }

    // Columns of different variance, some of nearly the same.
    private static Matrix Normal(int rows, int width, uint seed)
    {
        var matrix = new Matrix(rows, width);
        new RandomStream(seed, "test.rows").FillNormal(matrix.AsSpan());
        for (var row = 0; row < rows; row++)
        {
            for (var i = 0; i < width; i++)
            {
                matrix[row, i] = matrix[row, i] * (1 + i / 3) + 0.5f;
            }
        }

        return matrix;
    }
}
