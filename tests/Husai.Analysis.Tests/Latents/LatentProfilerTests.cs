using Husai.Analysis.Latents;
using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Model;
using Husai.Formats.Stores;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Latents;

public sealed class LatentProfilerTests : IDisposable
{
    private const int Width = 6;
    private const int Latents = 70;
    private const int Rows = 3300;
    private const int RowsPerContext = 11;
    private static readonly LatentProfileOptions Options = new() { Top = 4, Samples = 3, Context = 3, Seed = 5 };
    private readonly string _folder = Directory.CreateTempSubdirectory("husai-latents").FullName;
    private readonly Matrix _rows = Random(Rows, Width, "rows");
    private readonly Sae _sae = Sae.TopK(
        Random(Latents, Width, "encoder"), Random(Latents, Width, "decoder"), new float[Latents], new float[Width], k: 8);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_profile_is_that_of_the_codes_of_all_rows()
    {
        var codes = _sae.Encode(_rows);
        using var store = ActivationStore.Open(Write());
        foreach (var profile in Measure(new TracedStore(store)))
        {
            var firing = Enumerable.Range(0, Rows).Where(row => codes[row, profile.Latent] > 0).ToArray();
            Assert.Equal(firing.Length, profile.Firings);
            Assert.Equal(firing.Length / (double)Rows, profile.FiringFrequency);
            Assert.Equal(firing.Select(row => (double)codes[row, profile.Latent]).DefaultIfEmpty().Average(), profile.MeanActivation, 1e-9);
            Assert.Equal(firing.Select(row => codes[row, profile.Latent]).DefaultIfEmpty().Max(), profile.LargestActivation);
            Assert.Equal(firing.Length, profile.Histogram.Counts.Sum());
            Assert.Equal(
                firing.OrderByDescending(row => codes[row, profile.Latent]).DistinctBy(DocumentOf).Take(4).Select(row => (long)row),
                profile.Top.Select(excerpt => excerpt.Row));
            Assert.Equal(Math.Min(3, firing.Length), profile.Samples.Count);
            Assert.All(profile.Top.Concat(profile.Samples), excerpt => AssertExcerpt(codes, profile.Latent, excerpt));
        }
    }

    [Fact]
    public void Threads_and_shards_change_no_bit()
    {
        using var store = ActivationStore.Open(Write());
        var due = Text(Measure(new TracedStore(store)));
        foreach (var threads in (int[])[2, 4])
        {
            using var workers = new Workers(threads);
            Assert.Equal(due, Text(Measure(new TracedStore(store), workers)));
        }

        using var other = ActivationStore.Open(Write(rowsPerShard: 4000));
        Assert.Equal(due, Text(Measure(new TracedStore(other))));
    }

    [Fact]
    public void Some_latents_have_the_profiles_that_they_have_among_all()
    {
        using var store = ActivationStore.Open(Write());
        var all = Measure(new TracedStore(store));
        Assert.Equal(Text([all[69], all[3]]), Text(Measure(new TracedStore(store), latents: [69, 3])));
    }

    [Fact]
    public void Rows_of_nothing_known_are_documents_of_their_own()
    {
        var profile = Measure(new TracedSource(new MatrixActivations(_rows)), latents: [2])[0];
        var codes = _sae.Encode(_rows);
        Assert.Equal(
            Enumerable.Range(0, Rows).OrderByDescending(row => codes[row, 2]).Take(4).Select(row => (long)row),
            profile.Top.Select(excerpt => excerpt.Row));
        Assert.All(profile.Top, excerpt => Assert.Equal(
            (1, 0, null, null, null), (excerpt.Activations.Count, excerpt.Peak, excerpt.Document, excerpt.Position, excerpt.TokenIds)));
    }

    [Fact]
    public void What_cannot_be_measured_is_refused()
    {
        var rows = new TracedSource(new MatrixActivations(_rows));
        Assert.Throws<ArgumentException>(() => Measure(rows, latents: [Latents]));
        Assert.Throws<ArgumentException>(() => Measure(new TracedSource(new MatrixActivations(new Matrix(3, Width + 1)))));
        Assert.Throws<ArgumentException>(() => Measure(new TracedSource(new MatrixActivations(new Matrix(0, Width)))));
        using var ended = new CancellationTokenSource();
        ended.Cancel();
        Assert.Throws<OperationCanceledException>(() => LatentProfiler.Measure(_sae, rows, [0], Options, cancellation: ended.Token));
    }

    private static void AssertExcerpt(Matrix codes, int latent, Excerpt excerpt)
    {
        var context = excerpt.Row / RowsPerContext * RowsPerContext;
        var first = Math.Max(context, excerpt.Row - 3);
        var end = Math.Min(Math.Min(context + RowsPerContext, Rows), excerpt.Row + 4);
        Assert.Equal(excerpt.Row - first, excerpt.Peak);
        Assert.Equal(excerpt.Activation, excerpt.Activations[excerpt.Peak]);
        Assert.Equal(
            Enumerable.Range((int)first, (int)(end - first)).Select(row => codes[row, latent]), excerpt.Activations);
        Assert.Equal(Enumerable.Range((int)first, (int)(end - first)), excerpt.TokenIds!);
        Assert.Equal(DocumentOf((int)excerpt.Row), excerpt.Document);
        Assert.Equal((int)excerpt.Row % RowsPerContext, excerpt.Position);
    }

    private static long DocumentOf(int row) => row / RowsPerContext / 2;

    private static string Text(IEnumerable<LatentProfile> profiles) => System.Text.Json.JsonSerializer.Serialize(profiles);

    private static Matrix Random(int rows, int columns, string purpose)
    {
        var values = new Matrix(rows, columns);
        new RandomStream(1, $"test.{purpose}").FillNormal(values.AsSpan());
        return values;
    }

    private IReadOnlyList<LatentProfile> Measure(ITracedRows rows, Workers? workers = null, int[]? latents = null) =>
        LatentProfiler.Measure(_sae, rows, latents ?? [.. Enumerable.Range(0, Latents)], Options, workers);

    // A document has two contexts.
    private string Write(int rowsPerShard = 120)
    {
        var folder = Path.Combine(_folder, $"store_{rowsPerShard}");
        var description = new StoreDescription { Width = Width, Type = StoreType.F32, RowsPerShard = rowsPerShard, Source = new() };
        var writer = ActivationStoreWriter.Open(folder, description, []);
        for (var row = 0; row < Rows; row++)
        {
            writer.Append(_rows.Row(row), new StoredToken(row, row / RowsPerContext, DocumentOf(row), 0, row % RowsPerContext));
        }

        writer.Finish();
        return folder;
    }
}
