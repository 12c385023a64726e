using System.Text.Json.Nodes;
using Husai.Analysis.Chance;
using Husai.Analysis.Similarity;
using Husai.Analysis.Stability;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Storage;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Stability;

/// <summary>Dynamics over the snapshots of trainings as they lie in folders.</summary>
public sealed class SnapshotDynamicsTests : IDisposable
{
    private const int Width = 20;
    private const int Latents = 40;
    private static readonly (int Step, float Share)[] Snapshots = [(0, 0), (10, 1), (20, 3)];
    private readonly string _root = Directory.CreateTempSubdirectory("husai-dynamics").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_series_shows_how_agreement_forms()
    {
        var points = Measure([Training(1), Training(2), Training(3)]);
        Assert.Equal([0L, 10L, 20L], points.Select(point => point.Step));
        Assert.Equal(0, points[0].BetweenSeeds.Kappa!.Value, 0.05);
        Assert.Equal(2, points[0].BetweenSeeds.VerdictNumber);
        Assert.True(points[0].BetweenSeeds.Mean < points[1].BetweenSeeds.Mean && points[1].BetweenSeeds.Mean < points[2].BetweenSeeds.Mean);
        Assert.True(points[0].ToFinalSelf.Mean < points[1].ToFinalSelf.Mean && points[1].ToFinalSelf.Mean < points[2].ToFinalSelf.Mean);
        Assert.Equal(1, points[2].ToFinalSelf.Mean, 1e-6);
        Assert.All(points, point => Assert.Equal([Latents, Latents, Latents], point.Alive));

        // Turned at the end alone, where the verdict is.
        Assert.All(points.SkipLast(1), point => Assert.Null(point.BetweenSeeds.Turned));
        Assert.Equal(5, points[2].BetweenSeeds.VerdictNumber);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Trainings_of_one_start_have_no_kappa_at_any_step(bool saysSeed)
    {
        // Without a word on the seed the weights at step 0 say it, which are equal and so are no two dictionaries by themselves.
        var points = Measure([Training(1, start: 7, saysSeed), Training(2, start: 7, saysSeed), Training(3, start: 7, saysSeed)]);
        Assert.Equal(1, points[0].BetweenSeeds.Mean, 1e-6);
        Assert.All(points, point => Assert.Null(point.BetweenSeeds.Kappa));
        Assert.All(points, point => Assert.Equal(1, point.BetweenSeeds.VerdictNumber));
    }

    private static DynamicsPoint[] Measure(IReadOnlyList<string> trainings)
    {
        var series = SnapshotSeries.Of(trainings);
        var finals = Load(series.Finals);
        return [
            .. series.Steps.Select(step =>
                StabilityDynamics.At(step, step == series.Steps[^1] ? finals : Load(series.FoldersAt(step)), finals))];
    }

    private static LatentDictionary[] Load(IReadOnlyList<string> folders) =>
        [.. folders.Select(folder => TrainedDictionary.Load(folder, folder, withEncoder: _ => false))];

    // Moves from its start towards directions that all trainings find, each at places of its own.
    private string Training(uint seed, uint? start = null, bool saysSeed = false)
    {
        var folder = Path.Combine(_root, $"seed_{seed}");
        var own = RandomDirections.Isotropic(Latents, Width, new RandomStream(31, "test.start", start ?? seed));
        var found = RandomDirections.Isotropic(Latents, Width, new RandomStream(32, "test.found"));
        foreach (var (step, share) in Snapshots)
        {
            var decoder = own.Clone();
            for (var latent = 0; latent < Latents; latent++)
            {
                Elementwise.MultiplyAdd(decoder.Row(latent), found.Row((int)((latent + 7 * seed) % Latents)), share);
            }

            UnitRows.Normalise(decoder);
            Save(Path.Combine(folder, "snapshots", FormattableString.Invariant($"step_{step}")), decoder, saysSeed ? start : null);
            Save(folder, decoder, saysSeed ? start : null);
        }

        return folder;
    }

    private static void Save(string folder, Matrix decoder, uint? seed)
    {
        Directory.CreateDirectory(folder);
        var metadata = seed is null
            ? new JsonObject()
            : new JsonObject { ["input_scale"] = 1, ["num_dead_features"] = 0, ["seed"] = (long)seed };
        SaeFolder.Save(
            folder,
            new SavedSae(Sae.TopK(decoder.Clone(), decoder, new float[Latents], new float[Width], 4))
            {
                Metadata = metadata,
            });
    }
}
