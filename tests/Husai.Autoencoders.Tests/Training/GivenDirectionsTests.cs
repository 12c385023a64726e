using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Options;
using Husai.Autoencoders.Storage;
using Husai.Autoencoders.Training;
using Husai.Formats.Files;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.Autoencoders.Tests.Training;

public sealed class GivenDirectionsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("husai-given").FullName;
    private readonly MatrixActivations _source = new(SyntheticActivations.Create(400));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Given_rows_start_the_first_latents_and_learn()
    {
        var rows = Rows(5);
        var trained = new SaeTrainer(Options, _source, _folder, startingDecoder: rows).Train().Saved.Sae;
        var start = SaeFolder.Load(TrainingSnapshot.Of(_folder)[0].Folder).Sae;
        var plain = new SaeTrainer(Options with { SnapshotSteps = [] }, _source).Train().Saved.Sae;
        for (var latent = 0; latent < 5; latent++)
        {
            Assert.True(rows.Row(latent).SequenceEqual(start.Decoder.Row(latent)));
            Assert.False(rows.Row(latent).SequenceEqual(trained.Decoder.Row(latent)));
            var encoder = start.Encoder.Row(latent);
            Assert.Equal(1, Reductions.Dot(rows.Row(latent), encoder) / Math.Sqrt(Reductions.SumOfSquares(encoder)), 1e-5);
        }

        Assert.NotEqual(SaeFolder.WeightsHash(plain), SaeFolder.WeightsHash(trained));
    }

    [Fact]
    public void A_training_does_not_continue_from_other_rows()
    {
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => new SaeTrainer(Options, _source, _folder, startingDecoder: Rows(5)).Train(
            progress: _ => stop.Cancel(), cancellation: stop.Token));
        foreach (var other in (Matrix?[])[Rows(6), null])
        {
            Assert.Contains(
                "other starting decoder rows",
                Assert.Throws<InvalidFileException>(
                    () => new SaeTrainer(Options, _source, _folder, startingDecoder: other).Train(resume: true)).Message,
                StringComparison.Ordinal);
        }

        var resumed = new SaeTrainer(Options, _source, _folder, startingDecoder: Rows(5)).Train(resume: true);
        Assert.Equal(new SaeTrainer(Options, _source, startingDecoder: Rows(5)).Train().WeightsHash, resumed.WeightsHash);
    }

    [Fact]
    public void Rows_that_do_not_fit_are_refused()
    {
        Assert.Contains("cannot start a decoder", Refusal(Options, Rows(33)), StringComparison.Ordinal);
        Assert.Contains("cannot start a decoder", Refusal(Options, new Matrix(2, 3)), StringComparison.Ordinal);
        Assert.Contains("cannot be whiten", Refusal(Options with { InputScaling = "whiten" }, Rows(2)), StringComparison.Ordinal);
    }

    private string Refusal(SaeOptions options, Matrix rows) =>
        Assert.Throws<ArgumentException>(() => new SaeTrainer(options, _source, startingDecoder: rows)).Message;

    private Matrix Rows(int count)
    {
        var rows = new Matrix(count, _source.Width);
        new RandomStream(8, "given").FillNormal(rows, null);
        UnitRows.Normalise(rows);
        return rows;
    }

    private static SaeOptions Options => new()
    {
        Latents = 32,
        K = 3,
        BatchSize = 100,
        Epochs = 2,
        EvaluateEvery = 0,
        SnapshotSteps = [0],
        LearningRate = 1e-2,
    };
}
