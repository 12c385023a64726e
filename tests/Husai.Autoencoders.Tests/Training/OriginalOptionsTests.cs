using System.Text.Json.Nodes;
using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Options;
using Husai.Autoencoders.Storage;
using Husai.Autoencoders.Training;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Autoencoders.Tests.Training;

/// <summary>The options that make the original project's SAEs, and their starts.</summary>
public sealed class OriginalOptionsTests : IDisposable
{
    // Of 660, a tenth held out.
    private const int TrainingRows = 594;

    private static readonly SaeOptions Small = new()
    {
        Latents = 40,
        K = 4,
        BatchSize = 100,
        Epochs = 3,
        LearningRate = 1e-2,
        EvaluateEvery = 0,
        CheckpointEvery = 4,
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("husai-original").FullName;
    private readonly MatrixActivations _source = new(SyntheticActivations.Create(660));

    public static TheoryData<string, SaeOptions> Variants => new()
    {
        { "husai", Small with { Recipe = "husai" } },
        { "husai relu", Small with { Recipe = "husai", Architecture = "relu", L1Coefficient = 1e-2 } },
        { "husai batchtopk", Small with { Recipe = "husai", Architecture = "batchtopk" } },
        { "runner-up", Small with { Auxiliary = AuxiliaryLoss.RunnerUp } },
        { "no auxiliary", Small with { Auxiliary = AuxiliaryLoss.None } },
        { "free decoder", Small with { DecoderNorm = DecoderNorm.Free, DecoderBiasStart = "zero" } },
        { "kaiming", Small with { EncoderStart = EncoderStart.Kaiming } },
        { "no decoder bias", Small with { DecoderBiasStart = "none" } },
        { "uniform start", Small with { Recipe = "husai", DecoderStart = DecoderStart.Uniform } },
        { "drop last", Small with { DropLast = true } },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Variants))]
    public void Threads_and_interruptions_change_no_bit(string name, SaeOptions options)
    {
        var (whole, parts) = (Path.Combine(_folder, "whole"), Path.Combine(_folder, "parts"));
        var trained = new SaeTrainer(options, _source, whole).Train();
        using var workers = new Workers(3);
        foreach (var stopAt in (long[])[2, 7])
        {
            using var stop = new CancellationTokenSource();
            Assert.Throws<OperationCanceledException>(() => new SaeTrainer(options, _source, parts, workers: workers).Train(
                resume: true, step => CancelAt(step.Step, stopAt, stop), cancellation: stop.Token));
        }

        new SaeTrainer(options, _source, parts, workers: workers).Train(resume: true);

        Assert.Equal(Files(whole), Files(parts));
        Assert.Equal(trained.Steps, options.StepsFor(_source.Rows));
        Assert.True(double.IsFinite(trained.Metrics.ExplainedVariance), name);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void What_is_written_is_the_same_training_again(string name, SaeOptions options)
    {
        var resolved = ResolvedOptions.Resolve(options, _source.Width, TrainingRows);
        var written = resolved.ToOptions();

        Assert.Equal(written, ResolvedOptions.Resolve(written, _source.Width, TrainingRows).ToOptions());
        Assert.Equal(
            new SaeTrainer(options, _source).Train().WeightsHash, new SaeTrainer(written, _source).Train().WeightsHash);
        Assert.Equal(
            name == "runner-up" || options is { Recipe: "husai", Architecture: "topk" }, resolved.Auxiliary == AuxiliaryLoss.RunnerUp);
    }

    [Fact]
    public void Options_that_came_later_are_not_written_where_they_change_nothing()
    {
        new SaeTrainer(Small, _source, _folder).Train();
        var written = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, "options.json")))!.AsObject();

        Assert.Equal("median", (string?)written["decoder_bias_start"]);
        Assert.All((string[])["encoder_start", "decoder_norm", "auxiliary", "drop_last"], key => Assert.False(written.ContainsKey(key)));
    }

    [Fact]
    public void The_starts_have_the_norms_of_the_original()
    {
        var source = new MatrixActivations(SyntheticActivations.Create(300, width: 128));
        var options = Small with
        {
            Latents = 1024,
            SnapshotSteps = [0],
            EncoderStart = EncoderStart.Kaiming,
            DecoderNorm = DecoderNorm.Free,
        };
        new SaeTrainer(options, source, _folder).Train();
        var start = SaeFolder.Load(TrainingSnapshot.Of(_folder)[0].Folder).Sae;

        Assert.Equal(0.5, MeanNorm(start.Decoder), 0.02);
        Assert.Equal(1.0 / 1024, MeanSquare(start.Decoder) / 2, 5e-5);
        Assert.InRange(Largest(start.Decoder), 0.99 * Math.Sqrt(6.0 / 1024), Math.Sqrt(6.0 / 1024));
        Assert.NotEqual(1, MeanNorm(SaeFolder.Load(_folder).Sae.Decoder), 0.1);
        Assert.InRange(Math.Abs(Correlation(start.Encoder, start.Decoder)), 0, 0.02);
    }

    [Fact]
    public void A_kaiming_encoder_has_rows_of_norm_root_two_and_a_unit_decoder_stays_the_one_of_its_seed()
    {
        var source = new MatrixActivations(SyntheticActivations.Create(300, width: 128));
        var options = Small with { Latents = 256, SnapshotSteps = [0], InputScaling = "none" };
        Sae Start(SaeOptions start)
        {
            var folder = Path.Combine(_folder, start.EncoderStart.ToString() ?? "default");
            new SaeTrainer(start, source, folder).Train();
            return SaeFolder.Load(TrainingSnapshot.Of(folder)[0].Folder).Sae;
        }

        var (tied, kaiming) = (Start(options), Start(options with { EncoderStart = EncoderStart.Kaiming }));

        Assert.Equal(tied.Decoder.AsSpan(), kaiming.Decoder.AsSpan());
        Assert.Equal(tied.Decoder.AsSpan(), tied.Encoder.AsSpan());
        Assert.Equal(Math.Sqrt(2), MeanNorm(kaiming.Encoder), 0.02);
        Assert.InRange(Math.Abs(Correlation(kaiming.Encoder, kaiming.Decoder)), 0, 0.02);
    }

    [Fact]
    public void A_uniform_start_has_unit_rows_out_of_a_cube()
    {
        var options = Small with { Latents = 1024, DecoderStart = DecoderStart.Uniform, SnapshotSteps = [0] };
        var source = new MatrixActivations(SyntheticActivations.Create(300, width: 128));
        new SaeTrainer(options, source, _folder).Train();
        float[] values = [.. SaeFolder.Load(TrainingSnapshot.Of(_folder)[0].Folder).Sae.Decoder.AsSpan()];

        // Kurtosis of a uniform number: 1.8; of a coordinate of a random direction nearly 3.
        var squares = values.Average(value => (double)value * value);
        Assert.Equal(1.8, values.Average(value => Math.Pow(value, 4)) / (squares * squares), 0.03);
        Assert.Equal(1.0 / 128, squares, 1e-6);
    }

    [Fact]
    public void The_recipe_of_the_original_has_no_decoder_bias_and_a_unit_decoder()
    {
        var trained = new SaeTrainer(Small with { Recipe = "husai" }, _source).Train().Saved.Sae;

        Assert.All(trained.DecoderBias.ToArray(), bias => Assert.Equal(0, bias));
        Assert.Equal(1, MeanNorm(trained.Decoder), 1e-5);
        Assert.Contains(new SaeTrainer(Small, _source).Train().Saved.Sae.DecoderBias.ToArray(), bias => bias != 0);
    }

    [Fact]
    public void Dropping_the_last_step_leaves_whole_batches_only()
    {
        var options = Small with { HeldOutFraction = 0 };

        Assert.Equal(3 * 7, new SaeTrainer(options, _source).Train().Steps);
        Assert.Equal(3 * 6, new SaeTrainer(options with { DropLast = true }, _source).Train().Steps);
        Assert.Equal(3, (options with { DropLast = true, BatchSize = 1000 }).StepsFor(_source.Rows));
    }

    private static double MeanNorm(Matrix rows) =>
        Enumerable.Range(0, rows.Rows).Average(row => Math.Sqrt(Reductions.SumOfSquares(rows.Row(row))));

    private static double MeanSquare(Matrix rows) => rows.AsSpan().ToArray().Average(value => (double)value * value);

    private static double Largest(Matrix rows) => rows.AsSpan().ToArray().Max(Math.Abs);

    private static double Correlation(Matrix first, Matrix second) => Enumerable.Range(0, first.Rows).Average(row =>
        Reductions.Dot(first.Row(row), second.Row(row))
        / Math.Sqrt(Reductions.SumOfSquares(first.Row(row)) * Reductions.SumOfSquares(second.Row(row))));

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
