using System.ComponentModel.DataAnnotations;
using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Architectures;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Options;
using Husai.Autoencoders.Storage;
using Husai.Autoencoders.Training;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Autoencoders.Tests.Training;

public sealed class FrozenWeightsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("husai-frozen").FullName;
    private readonly MatrixActivations _source = new(SyntheticActivations.Create(600));

    public static TheoryData<string, FrozenPart> Cases => new(
        from method in TrainingMethods.All
        from part in (FrozenPart[])[FrozenPart.Decoder, FrozenPart.DecoderSoft, FrozenPart.Encoder]
        select (method.Name, part));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_frozen_survives_threads_and_interruptions_and_is_said_in_what_is_saved(string architecture, FrozenPart part)
    {
        var options = Options(architecture) with { Freeze = part, SnapshotSteps = [0, 7], CheckpointEvery = 4 };
        var (whole, parts) = (Path.Combine(_folder, "whole"), Path.Combine(_folder, "parts"));
        var trained = new SaeTrainer(options, _source, whole).Train();

        using var workers = new Workers(3);
        foreach (var stopAt in (long[])[2, 5])
        {
            using var stop = new CancellationTokenSource();
            Assert.Throws<OperationCanceledException>(() => new SaeTrainer(options, _source, parts, workers: workers).Train(
                resume: true, step => CancelAt(step.Step, stopAt, stop), cancellation: stop.Token));
        }

        new SaeTrainer(options, _source, parts, workers: workers).Train(resume: true);

        Assert.Equal(Files(whole), Files(parts));
        var free = new SaeTrainer(options with { Freeze = FrozenPart.None }, _source).Train().Saved;
        var start = SaeFolder.Load(TrainingSnapshot.Of(whole)[0].Folder);
        var saved = SaeFolder.Load(whole);
        Assert.Equal(trained.WeightsHash, SaeFolder.WeightsHash(saved.Sae));
        Assert.All((SavedSae[])[start, saved], sae => Assert.Equal(Name(part), (string?)sae.Metadata["freeze"]));
        Assert.False(free.Metadata.ContainsKey("freeze"));

        // Of matching pursuit they are the same rows.
        var both = architecture == "matching_pursuit" && part is (FrozenPart.Decoder or FrozenPart.Encoder);
        Assert.Equal(both || part == FrozenPart.Decoder, AreEqual(start.Sae.Decoder, saved.Sae.Decoder));
        Assert.Equal(both || part == FrozenPart.Encoder, AreEqual(start.Sae.Encoder, saved.Sae.Encoder));
        Assert.NotEqual(start.Sae.DecoderBias, saved.Sae.DecoderBias);
        Assert.True(part == FrozenPart.Encoder || LowestCosine(start.Sae, saved.Sae) >= 0.8 - 1e-5);
    }

    [Fact]
    public void A_soft_frozen_decoder_whose_rows_stay_near_is_a_free_one()
    {
        var options = Options("topk") with { LearningRate = 1e-3, Epochs = 2 };
        var (free, soft) = (Train(options), Train(options with { Freeze = FrozenPart.DecoderSoft }));
        Assert.True(LowestCosine(Start(options), free) > 0.8);
        Assert.Equal(SaeFolder.WeightsHash(free), SaeFolder.WeightsHash(soft));
    }

    [Fact]
    public void A_soft_frozen_decoder_is_held_back_where_a_free_one_leaves()
    {
        var options = Options("topk") with { Epochs = 20 };
        var (free, soft) = (Train(options), Train(options with { Freeze = FrozenPart.DecoderSoft }));
        Assert.True(LowestCosine(Start(options), free) < 0.7);
        Assert.Equal(0.8, LowestCosine(Start(options), soft), 1e-5);
    }

    [Fact]
    public void Resampling_of_what_is_frozen_is_refused()
    {
        var options = Options("topk") with { Freeze = FrozenPart.Encoder, ResampleEvery = 5 };
        var problem = Assert.Single(options.Validate(new ValidationContext(options)));
        Assert.Contains("resample_every must be 0", problem.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains(
            "resample_every must be 0", Assert.Throws<ArgumentException>(() => new SaeTrainer(options, _source)).Message,
            StringComparison.Ordinal);
    }

    private Sae Train(SaeOptions options) => new SaeTrainer(options, _source).Train().Saved.Sae;

    private Sae Start(SaeOptions options)
    {
        new SaeTrainer(options with { Epochs = 1, SnapshotSteps = [0] }, _source, _folder).Train();
        return SaeFolder.Load(TrainingSnapshot.Of(_folder)[0].Folder).Sae;
    }

    private static string Name(FrozenPart part) =>
        part == FrozenPart.Decoder ? "decoder" : part == FrozenPart.Encoder ? "encoder" : "decoder_soft";

    private static bool AreEqual(Matrix left, Matrix right) => left.AsSpan().SequenceEqual(right.AsSpan());

    private static double LowestCosine(Sae start, Sae end) => Enumerable.Range(0, start.Latents).Min(latent =>
        Reductions.Dot(start.Decoder.Row(latent), end.Decoder.Row(latent))
        / Math.Sqrt(Reductions.SumOfSquares(start.Decoder.Row(latent)) * Reductions.SumOfSquares(end.Decoder.Row(latent))));

    private static void CancelAt(long step, long stopAt, CancellationTokenSource source)
    {
        if (step == stopAt)
        {
            source.Cancel();
        }
    }

    private static SaeOptions Options(string architecture) => new()
    {
        Architecture = architecture,
        Latents = 40,
        K = 4,
        L1Coefficient = 0.06,
        L0Coefficient = 0.01,
        LearningRate = 3e-2,
        BatchSize = 100,
        Epochs = 3,
        EvaluateEvery = 0,
    };

    private static List<(string, string)> Files(string folder) =>
    [
        .. Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => (Path.GetRelativePath(folder, path), Convert.ToHexString(File.ReadAllBytes(path)))).Order(),
    ];
}
