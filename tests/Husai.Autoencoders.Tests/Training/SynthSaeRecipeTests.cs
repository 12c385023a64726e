using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Options;
using Husai.Autoencoders.Storage;
using Husai.Autoencoders.Training;
using Husai.Numerics.Kernels;
using Husai.Numerics.Parallelism;

namespace Husai.Autoencoders.Tests.Training;

/// <summary>The recipe <c>synthsae</c>: what it decides, and that its trainings can be interrupted as any other.</summary>
public sealed class SynthSaeRecipeTests : IDisposable
{
    private const int TrainingRows = 594;

    private static readonly SaeOptions Small = new()
    {
        Recipe = "synthsae",
        Latents = 40,
        K = 4,
        BatchSize = 100,
        Epochs = 4,
        LearningRate = 1e-2,
        EvaluateEvery = 0,
        CheckpointEvery = 4,
        DeadAfterRows = 300,
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("husai-synthsae").FullName;
    private readonly MatrixActivations _source = new(SyntheticActivations.Create(660));

    public static TheoryData<string, SaeOptions> Variants => new()
    {
        { "batchtopk", Small with { Architecture = "batchtopk" } },
        { "matryoshka", Small with { Architecture = "matryoshka", NestedFractions = [0.25, 0.5, 1] } },
        { "matching_pursuit", Small with { Architecture = "matching_pursuit" } },
        { "relu", Small with { Architecture = "relu", L1Coefficient = 0.1, NormWeightedL1 = true, ControlledL0 = 4 } },
        { "jumprelu", Small with { Architecture = "jumprelu", L0Coefficient = 0.1, InitialThreshold = 0.5, ControlledL0 = 4 } },
        { "topk", Small },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Variants))]
    public void Threads_and_interruptions_change_no_bit(string name, SaeOptions options)
    {
        var (whole, parts) = (Path.Combine(_folder, "whole"), Path.Combine(_folder, "parts"));
        var trained = new SaeTrainer(options, _source, whole).Train();
        using var workers = new Workers(3);
        foreach (var stopAt in (long[])[2, 14])
        {
            using var stop = new CancellationTokenSource();
            Assert.Throws<OperationCanceledException>(() => new SaeTrainer(options, _source, parts, workers: workers).Train(
                resume: true, step => CancelAt(step.Step, stopAt, stop), cancellation: stop.Token));
        }

        new SaeTrainer(options, _source, parts, workers: workers).Train(resume: true);

        Assert.Equal(Files(whole), Files(parts));
        Assert.True(trained.Metrics.ExplainedVariance > 0, $"{name}: explained variance {trained.Metrics.ExplainedVariance}");
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void What_is_written_is_the_same_training_again(string name, SaeOptions options)
    {
        var written = ResolvedOptions.Resolve(options, _source.Width, TrainingRows).ToOptions();

        Assert.Equal(written, ResolvedOptions.Resolve(written, _source.Width, TrainingRows).ToOptions());
        Assert.True(
            new SaeTrainer(options, _source).Train().WeightsHash == new SaeTrainer(written, _source).Train().WeightsHash, name);
    }

    [Theory]
    [InlineData("batchtopk", 0.1, AuxiliaryLoss.SaeLens, 0, "none")]
    [InlineData("matryoshka", 0.1, AuxiliaryLoss.SaeLens, 0, "none")]
    [InlineData("matching_pursuit", 1, AuxiliaryLoss.None, 0, "none")]
    [InlineData("relu", 0.1, AuxiliaryLoss.None, 1.0 / 3, "none")]
    [InlineData("jumprelu", 0.5, AuxiliaryLoss.None, 0, "norm")]
    public void The_recipe_is_the_protocol_of_the_benchmark(
        string architecture, double norm, AuxiliaryLoss auxiliary, double sparsityWarmUp, string scaling)
    {
        var resolved = ResolvedOptions.Resolve(
            new SaeOptions { Recipe = "synthsae", Architecture = architecture, BatchSize = 1024 }, 768, 10_000_000);

        Assert.Equal((norm, auxiliary, sparsityWarmUp, scaling), (
            resolved.DecoderStartNorm, resolved.Auxiliary, resolved.SparsityWarmUpFraction, resolved.InputScaling));
        Assert.Equal((DecoderNorm.Free, DecoderStart.Uniform), (resolved.DecoderNorm, resolved.DecoderStart));
        Assert.Equal((1, 0, 0, "one", "zero"), (
            resolved.GradientClipNorm, resolved.WarmUpFraction, resolved.DecayFraction, resolved.ErrorPer, resolved.DecoderBiasStart));
        Assert.Equal((384, 1001 * 1024, sparsityWarmUp), (resolved.AuxK, resolved.DeadAfterRows, resolved.ControlStartFraction));
        Assert.Equal(architecture is "batchtopk" or "matryoshka", resolved.RescaleByDecoderNorm);
        Assert.Equal(architecture == "jumprelu", resolved.LogThreshold);
        Assert.False(resolved.ProjectDecoderGradient);
    }

    [Fact]
    public void Free_rows_start_with_the_length_that_is_given_and_the_encoder_is_the_same()
    {
        var options = Small with { Architecture = "relu", DecoderStartNorm = 0.3, SnapshotSteps = [0] };
        new SaeTrainer(options, _source, _folder).Train();
        var start = SaeFolder.Load(TrainingSnapshot.Of(_folder)[0].Folder).Sae;

        Assert.All(
            Enumerable.Range(0, 40), latent => Assert.Equal(0.3, Math.Sqrt(Reductions.SumOfSquares(start.Decoder.Row(latent))), 1e-6));
        Assert.Equal(start.Decoder.AsSpan(), start.Encoder.AsSpan());
    }

    [Fact]
    public void What_was_chosen_by_pre_activation_times_norm_is_saved_with_rows_of_length_one()
    {
        var sae = new SaeTrainer(Small with { Architecture = "batchtopk" }, _source).Train().Saved.Sae;

        Assert.All(Enumerable.Range(0, 40), latent => Assert.Equal(1, Math.Sqrt(Reductions.SumOfSquares(sae.Decoder.Row(latent))), 1e-6));
        Assert.Equal(SaeArchitecture.JumpRelu, sae.Architecture);
    }

    private static void CancelAt(long step, long stopAt, CancellationTokenSource source)
    {
        if (step == stopAt)
        {
            source.Cancel();
        }
    }

    private static List<(string, string)> Files(string folder) =>
    [
        .. Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => (Path.GetRelativePath(folder, path), Convert.ToHexString(File.ReadAllBytes(path)))).Order(),
    ];
}
