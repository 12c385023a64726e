using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Architectures;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Options;
using Husai.Autoencoders.Storage;
using Husai.Autoencoders.Training;
using Husai.Autoencoders.Training.Starts;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Autoencoders.Tests.Training;

public sealed class StartsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("husai-starts").FullName;
    private readonly Matrix _rows = SyntheticActivations.Create(600);
    private readonly MatrixActivations _source;

    public StartsTests() => _source = new(_rows);

    public static TheoryData<string, DecoderStart, string> Cases => new(
        from method in TrainingMethods.All
        from start in (DecoderStart[])[DecoderStart.DataPoints, DecoderStart.KMeans, DecoderStart.ActiveSubspace]
        from scaling in (string[])["norm", "whiten"]

        // Whitening would map the rows that matching pursuit encodes and decodes with apart; it is refused.
        where scaling != "whiten" || method is not MatchingPursuitMethod
        select (method.Name, start, scaling));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Threads_and_interruptions_change_no_byte(string architecture, DecoderStart start, string scaling)
    {
        var options = Options(architecture) with
        {
            DecoderStart = start,
            InputScaling = scaling,
            SnapshotSteps = [0, 7],
            CheckpointEvery = 4,
            ResampleEvery = 3,
        };
        var (whole, parts) = (Path.Combine(_folder, "whole"), Path.Combine(_folder, "parts"));
        new SaeTrainer(options, _source, whole).Train();
        using var workers = new Workers(3);
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => new SaeTrainer(options, _source, parts, workers: workers).Train(
            resume: true, step => CancelAt(step.Step, 5, stop), cancellation: stop.Token));
        new SaeTrainer(options, _source, parts, workers: workers).Train(resume: true);

        Assert.Equal(Files(whole), Files(parts));
        var other = Start(options with { Seed = 7 });
        Assert.False(other.Decoder.AsSpan().SequenceEqual(SaeFolder.Load(TrainingSnapshot.Of(whole)[0].Folder).Sae.Decoder.AsSpan()));
    }

    [Fact]
    public void Rows_of_the_activations_are_the_first_directions()
    {
        var options = Options("topk") with { DecoderStart = DecoderStart.DataPoints, DecoderBiasStart = "mean", HeldOutFraction = 0.2 };
        var start = Start(options);
        var rows = new RowSplit(_source.Rows, options.HeldOutFraction).Train;
        var found = new HashSet<int>();
        for (var latent = 0; latent < start.Latents; latent++)
        {
            var direction = start.Decoder.Row(latent).ToArray();
            var (cosine, row) = rows.Max(row => (Cosine(direction, Centred(row, start.DecoderBias)), row));
            Assert.Equal(1, cosine, 1e-5);
            Assert.True(found.Add(row));
        }
    }

    [Fact]
    public void More_latents_than_rows_take_each_row_before_one_twice()
    {
        var points = new Matrix(25, _source.Width);
        DataPoints.Fill(points, _source, [.. Enumerable.Range(0, 10)], new RandomStream(1, "test"));
        var counts = Enumerable.Range(0, 10).Select(row => Enumerable.Range(0, 25).Count(point =>
            points.Row(point).SequenceEqual(Row(row)))).ToArray();
        Assert.Equal(25, counts.Sum());
        Assert.All(counts, count => Assert.InRange(count, 2, 3));
    }

    [Fact]
    public void K_means_equals_the_plain_iteration()
    {
        const int clusters = 12;
        int[] rows = [.. Enumerable.Range(0, 600)];
        var centroids = new Matrix(clusters, _source.Width);
        using var workers = new Workers(2);
        KMeans.Fill(centroids, _source, rows, new RandomStream(5, "test"), workers);

        var order = new RandomStream(5, "test").Sample(600, 600);
        var plain = order[..clusters].Select(row => Array.ConvertAll(Row(row), value => (double)value)).ToArray();
        for (var iteration = 0; iteration < 10; iteration++)
        {
            var members = rows.GroupBy(row => Enumerable.Range(0, clusters).MinBy(cluster => SquaredDistance(Row(row), plain[cluster])));
            foreach (var cluster in members.ToList())
            {
                plain[cluster.Key] =
                [
                    .. Enumerable.Range(0, _source.Width).Select(column => cluster.Average(row => (double)Row(row)[column])),
                ];
            }
        }

        for (var cluster = 0; cluster < clusters; cluster++)
        {
            Assert.Equal(0, SquaredDistance(centroids.Row(cluster).ToArray(), plain[cluster]), 1e-8);
        }
    }

    [Fact]
    public void More_clusters_than_rows_are_refused()
    {
        var options = Options("topk") with { DecoderStart = DecoderStart.KMeans, Latents = 700 };
        Assert.Contains(
            "700 latents are more than the 540 training rows",
            Assert.Throws<ArgumentException>(() => new SaeTrainer(options, _source)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_active_subspace_holds_the_share_of_the_variance_and_all_first_directions()
    {
        // Three directions hold 99.5% of the variance, two 94%.
        var random = new RandomStream(3, "test");
        var rows = new Matrix(4000, 8);
        float[] deviations = [4, 2, 1, 0.2f, 0.1f, 0.1f, 0.1f, 0.1f];
        for (var row = 0; row < rows.Rows; row++)
        {
            random.FillNormal(rows.Row(row));
            for (var column = 0; column < 8; column++)
            {
                rows[row, column] *= deviations[column];
            }
        }

        var source = new MatrixActivations(rows);
        var options = Options("topk") with { DecoderStart = DecoderStart.ActiveSubspace };
        var basis = ActiveSubspace.Basis(new ActivationStatistics(source, new RowSplit(4000, 0.1).Train), Workers.Alone);
        Assert.Equal(3, basis.Rows);
        new SaeTrainer(options with { SnapshotSteps = [0], Epochs = 1 }, source, _folder).Train();
        var start = SaeFolder.Load(TrainingSnapshot.Of(_folder)[0].Folder).Sae;
        for (var latent = 0; latent < start.Latents; latent++)
        {
            var within = Enumerable.Range(0, 3).Sum(axis => Math.Pow(Reductions.Dot(basis.Row(axis), start.Decoder.Row(latent)), 2));
            Assert.Equal(1, within, 1e-5);
        }
    }

    [Theory]
    [InlineData("topk")]
    [InlineData("relu")]
    public void The_first_reconstructions_have_the_right_length(string architecture)
    {
        var options = Options(architecture) with { DecoderStart = DecoderStart.DataPoints, HeldOutFraction = 0 };
        var start = Start(options);
        Assert.Equal(1, Factor(start), 1e-3);
        Assert.True(Factor(Start(options with { DecoderStart = DecoderStart.Random })) is < 0.9 or > 1.1);
    }

    private double Factor(Sae sae)
    {
        var rows = _rows;
        var written = sae.Reconstruct(rows);
        double products = 0, squares = 0;
        for (var row = 0; row < rows.Rows; row++)
        {
            for (var column = 0; column < rows.Columns; column++)
            {
                var value = (double)written[row, column] - sae.DecoderBias[column];
                products += value * (rows[row, column] - sae.DecoderBias[column]);
                squares += value * value;
            }
        }

        return products / squares;
    }

    private Sae Start(SaeOptions options)
    {
        var folder = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
        new SaeTrainer(options with { Epochs = 1, SnapshotSteps = [0], ResampleEvery = 0 }, _source, folder).Train();
        return SaeFolder.Load(TrainingSnapshot.Of(folder)[0].Folder).Sae;
    }

    private float[] Row(int row)
    {
        var values = new Matrix(1, _source.Width);
        _source.CopyRows([row], values);
        return values.Row(0).ToArray();
    }

    private float[] Centred(int row, float[] bias) => [.. Row(row).Zip(bias, (value, offset) => value - offset)];

    private static double Cosine(float[] left, float[] right) =>
        Reductions.Dot(left, right) / Math.Sqrt(Reductions.SumOfSquares(left) * Reductions.SumOfSquares(right));

    private static double SquaredDistance(float[] row, double[] point) => row.Zip(point, (x, y) => (x - y) * (x - y)).Sum();

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
        LearningRate = 3e-3,
        BatchSize = 100,
        Epochs = 2,
        EvaluateEvery = 0,
    };

    private static List<(string, string)> Files(string folder) =>
    [
        .. Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => (Path.GetRelativePath(folder, path), Convert.ToHexString(File.ReadAllBytes(path)))).Order(),
    ];
}
