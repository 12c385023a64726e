using Husai.Autoencoders.Model;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Autoencoders.Tests.Model;

public sealed class AutoencoderTests
{
    public static TheoryData<AutoencoderArchitecture> Architectures => TestAutoencoders.Architectures;

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Codes_and_reconstructions_follow_the_definition(AutoencoderArchitecture architecture)
    {
        var autoencoder = TestAutoencoders.Create(architecture);
        var rows = TestAutoencoders.Normal(101, autoencoder.Width, "rows", mean: 0.3f);

        var codes = autoencoder.Encode(rows);
        var reconstructions = autoencoder.Reconstruct(rows);

        for (var row = 0; row < rows.Rows; row++)
        {
            var expected = Code(autoencoder, rows.Row(row).ToArray());
            for (var latent = 0; latent < autoencoder.Latents; latent++)
            {
                Assert.Equal(expected[latent], codes[row, latent], 1e-4);
            }

            for (var column = 0; column < autoencoder.Width; column++)
            {
                var sum = (double)autoencoder.DecoderBias[column];
                for (var latent = 0; latent < autoencoder.Latents; latent++)
                {
                    sum += expected[latent] * autoencoder.Decoder[latent, column];
                }

                Assert.Equal(sum, reconstructions[row, column], 1e-3);
            }
        }
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        using var workers = new Workers(2);
        var autoencoder = TestAutoencoders.Create(AutoencoderArchitecture.TopK, latents: 200, width: 33);
        var rows = TestAutoencoders.Normal(300, 33, "rows");

        Assert.Equal(autoencoder.Reconstruct(rows).AsSpan(), autoencoder.Reconstruct(rows, workers).AsSpan());
    }

    [Fact]
    public void A_decoder_of_another_shape_is_refused_with_both_shapes()
    {
        var error = Assert.Throws<ArgumentException>(
            () => Autoencoder.Standard(new Matrix(8, 4), new Matrix(4, 8), new float[8], new float[4]));

        Assert.Contains("[4, 8]", error.Message, StringComparison.Ordinal);
        Assert.Contains("[8, 4]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_another_width_are_refused()
    {
        var autoencoder = TestAutoencoders.Create(AutoencoderArchitecture.TopK);

        var error = Assert.Throws<ArgumentException>(() => autoencoder.Encode(new Matrix(3, 11)));

        Assert.Contains("[3, 11]", error.Message, StringComparison.Ordinal);
    }

    private static double[] Code(Autoencoder autoencoder, float[] row)
    {
        var p = new double[autoencoder.Latents];
        var linear = new double[autoencoder.Latents];
        for (var latent = 0; latent < p.Length; latent++)
        {
            for (var column = 0; column < row.Length; column++)
            {
                linear[latent] += (row[column] - autoencoder.DecoderBias[column]) * (double)autoencoder.Encoder[latent, column];
            }

            p[latent] = linear[latent] + autoencoder.EncoderBias[latent];
        }

        double Active(int latent) => autoencoder.Architecture switch
        {
            AutoencoderArchitecture.TopK => p.Count(other => other > p[latent]) < autoencoder.K ? Math.Max(p[latent], 0) : 0,
            AutoencoderArchitecture.JumpRelu => p[latent] > autoencoder.Threshold![latent] ? Math.Max(p[latent], 0) : 0,
            AutoencoderArchitecture.Gated => p[latent] > 0
                ? Math.Max(Math.Exp(autoencoder.LogMagnitudeScale![latent]) * linear[latent] + autoencoder.MagnitudeBias![latent], 0) : 0,
            _ => Math.Max(p[latent], 0),
        };
        return [.. Enumerable.Range(0, p.Length).Select(Active)];
    }
}
