using Husai.Autoencoders.Model;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Autoencoders.Tests.Model;

public sealed class SaeTests
{
    public static TheoryData<SaeArchitecture> Architectures => TestSaes.Architectures;

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Codes_and_reconstructions_follow_the_definition(SaeArchitecture architecture)
    {
        var sae = TestSaes.Create(architecture);
        var rows = TestSaes.Normal(101, sae.Width, "rows", mean: 0.3f);

        var codes = sae.Encode(rows);
        var reconstructions = sae.Reconstruct(rows);

        for (var row = 0; row < rows.Rows; row++)
        {
            var expected = Code(sae, rows.Row(row).ToArray());
            for (var latent = 0; latent < sae.Latents; latent++)
            {
                Assert.Equal(expected[latent], codes[row, latent], 1e-4);
            }

            for (var column = 0; column < sae.Width; column++)
            {
                var sum = (double)sae.DecoderBias[column];
                for (var latent = 0; latent < sae.Latents; latent++)
                {
                    sum += expected[latent] * sae.Decoder[latent, column];
                }

                Assert.Equal(sum, reconstructions[row, column], 1e-3);
            }
        }
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        using var workers = new Workers(2);
        var sae = TestSaes.Create(SaeArchitecture.TopK, latents: 200, width: 33);
        var rows = TestSaes.Normal(300, 33, "rows");

        Assert.Equal(sae.Reconstruct(rows).AsSpan(), sae.Reconstruct(rows, workers).AsSpan());
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Maps_are_the_codes_of_a_latent_over_all_rows(SaeArchitecture architecture)
    {
        using var workers = new Workers(2);
        var sae = TestSaes.Create(architecture);
        var rows = TestSaes.Normal(101, sae.Width, "rows", mean: 0.3f);
        var codes = sae.Encode(rows).Transpose();

        var (maps, reconstruction) = sae.MapsAndReconstruction(rows, workers);

        Assert.Equal(codes.AsSpan(), maps.AsSpan());
        Assert.Equal(codes.AsSpan(), sae.MapsOf(rows, workers: workers).AsSpan());
        Assert.Equal(sae.Reconstruct(rows).AsSpan(), reconstruction.AsSpan());
        int[] some = [sae.Latents - 1, 0];
        var chosen = sae.MapsOf(rows, some);
        Assert.Equal(some.Length, chosen.Rows);
        Assert.Equal(codes.Row(sae.Latents - 1), chosen.Row(0));
        Assert.Equal(codes.Row(0), chosen.Row(1));
    }

    [Fact]
    public void A_decoder_of_another_shape_is_refused_with_both_shapes()
    {
        var error = Assert.Throws<ArgumentException>(
            () => Sae.Standard(new Matrix(8, 4), new Matrix(4, 8), new float[8], new float[4]));

        Assert.Contains("[4, 8]", error.Message, StringComparison.Ordinal);
        Assert.Contains("[8, 4]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_another_width_are_refused()
    {
        var sae = TestSaes.Create(SaeArchitecture.TopK);

        var error = Assert.Throws<ArgumentException>(() => sae.Encode(new Matrix(3, 11)));

        Assert.Contains("[3, 11]", error.Message, StringComparison.Ordinal);
    }

    private static double[] Code(Sae sae, float[] row)
    {
        if (sae.Architecture == SaeArchitecture.MatchingPursuit)
        {
            return PlainPursuit.Code(sae, [.. row.Select((value, column) => (double)value - sae.DecoderBias[column])]);
        }

        var p = new double[sae.Latents];
        var linear = new double[sae.Latents];
        for (var latent = 0; latent < p.Length; latent++)
        {
            for (var column = 0; column < row.Length; column++)
            {
                linear[latent] += (row[column] - sae.DecoderBias[column]) * (double)sae.Encoder[latent, column];
            }

            p[latent] = linear[latent] + sae.EncoderBias[latent];
        }

        double Active(int latent) => sae.Architecture switch
        {
            SaeArchitecture.TopK => p.Count(other => other > p[latent]) < sae.K ? Math.Max(p[latent], 0) : 0,
            SaeArchitecture.JumpRelu => p[latent] > sae.Threshold![latent] ? Math.Max(p[latent], 0) : 0,
            SaeArchitecture.Gated => p[latent] > 0
                ? Math.Max(Math.Exp(sae.LogMagnitudeScale![latent]) * linear[latent] + sae.MagnitudeBias![latent], 0) : 0,
            _ => Math.Max(p[latent], 0),
        };
        return [.. Enumerable.Range(0, p.Length).Select(Active)];
    }
}
