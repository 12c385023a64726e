using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Options;
using Husai.Autoencoders.Training;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Tests.Training;

public sealed class PinnedRowsTests
{
    private readonly MatrixActivations _source = new(SyntheticActivations.Create(600));

    [Theory]
    [InlineData("relu")]
    [InlineData("topk")]
    [InlineData("gated")]
    public void Pinned_decoder_rows_stay_and_everything_else_learns(string architecture)
    {
        const int Pinned = 5;
        var options = new SaeOptions
        {
            Architecture = architecture,
            Latents = 24,
            K = 4,
            Epochs = 3,
            L1Coefficient = 1e-3,
            EvaluateEvery = 0,
            CheckpointEvery = 0,
        };
        var rows = new SaeTrainer(options with { Seed = 7 }, _source).Train().Saved.Sae.Decoder.SliceRows(0, Pinned);
        var start = new SaeTrainer(options with { Epochs = 1, LearningRate = 1e-9 }, _source).Train().Saved.Sae;

        var trained = new SaeTrainer(options, _source, pinnedDecoder: rows).Train().Saved.Sae;

        for (var latent = 0; latent < Pinned; latent++)
        {
            Assert.Equal(rows.Row(latent).ToArray(), trained.Decoder.Row(latent).ToArray());
            Assert.NotEqual(start.Encoder.Row(latent).ToArray(), trained.Encoder.Row(latent).ToArray());
        }

        Assert.NotEqual(start.Decoder.Row(Pinned).ToArray(), trained.Decoder.Row(Pinned).ToArray());
    }

    [Theory]
    [InlineData("relu")]
    [InlineData("topk")]
    public void Pinned_encoder_rows_stay_at_their_start_too(string architecture)
    {
        const int Pinned = 5;
        var options = new SaeOptions
        {
            Architecture = architecture,
            Recipe = "husai",
            Latents = 24,
            K = 4,
            Epochs = 3,
            L1Coefficient = 1e-3,
            EvaluateEvery = 0,
            CheckpointEvery = 0,
        };
        var rows = new SaeTrainer(options with { Seed = 7 }, _source).Train().Saved.Sae.Decoder.SliceRows(0, Pinned);
        var start = new SaeTrainer(options with { Epochs = 1, LearningRate = 1e-9 }, _source, pinnedDecoder: rows, pinnedEncoder: true)
            .Train().Saved.Sae;

        var trained = new SaeTrainer(options, _source, pinnedDecoder: rows, pinnedEncoder: true).Train().Saved.Sae;

        for (var latent = 0; latent < Pinned; latent++)
        {
            Assert.Equal(rows.Row(latent).ToArray(), trained.Decoder.Row(latent).ToArray());
            Assert.Equal(start.Encoder.Row(latent).ToArray(), trained.Encoder.Row(latent).ToArray());
            Assert.Equal(0, trained.EncoderBias[latent]);
        }

        Assert.NotEqual(start.Encoder.Row(Pinned).ToArray(), trained.Encoder.Row(Pinned).ToArray());
        Assert.NotEqual(0, trained.EncoderBias[Pinned]);
    }

    [Fact]
    public void Rows_that_do_not_fit_are_refused()
    {
        var options = new SaeOptions { Latents = 8, K = 2 };

        Assert.Contains(
            "cannot be pinned",
            Assert.Throws<ArgumentException>(() =>
                new SaeTrainer(options, _source, pinnedDecoder: new Matrix(9, _source.Width))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "cannot be pinned",
            Assert.Throws<ArgumentException>(() =>
                new SaeTrainer(options, _source, pinnedDecoder: new Matrix(2, _source.Width + 1))).Message,
            StringComparison.Ordinal);
        Assert.Contains("resample_every", Assert.Throws<ArgumentException>(
            () =>
                new SaeTrainer(
                    options with { ResampleEvery = 5 }, _source,
                    pinnedDecoder: new Matrix(2, _source.Width))).Message, StringComparison.Ordinal);
    }
}
