using System.Text.Json;
using Husai.Analysis.Chance;
using Husai.Analysis.Geometry;
using Husai.Analysis.Similarity;
using Husai.Analysis.Stability;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Stability;

public sealed class SeedStabilityTests
{
    private const int Width = 40;
    private const int Latents = 60;
    private static readonly float[] Shares = [0f, 1f, 3f];

    [Fact]
    public void A_one_to_one_match_of_more_latents_than_a_matrix_holds_comes_with_its_certificate()
    {
        var large = new LatentDictionary("large", RandomDirections.Isotropic(16_385, 8, new RandomStream(4, "test.large")));
        var small = new LatentDictionary("small", RandomDirections.Isotropic(30, 8, new RandomStream(4, "test.small")));
        var options = new StabilityOptions
        {
            Similarity = new SimilarityOptions { Matcher = Matcher.Hungarian },
            Parts = StabilityParts.None,
            ChanceDraws = 2,
        };
        var stages = new List<string>();
        var certified = SeedStability.Of([large, small], options, progress: step => stages.Add(step.Stage));
        var other = new LatentDictionary("other", RandomDirections.Isotropic(30, 8, new RandomStream(5, "test.small")));
        var whole = SeedStability.Of([small, other], options);

        Assert.InRange(certified.Main.Certificate!.GapPerPair, 0, 1e-12);
        Assert.Contains("one-to-one match, round 2", stages);
        Assert.Contains("\"Certificate\":{", JsonSerializer.Serialize(certified.Main), StringComparison.Ordinal);
        Assert.DoesNotContain("Certificate", JsonSerializer.Serialize(whole.Main), StringComparison.Ordinal);
    }

    [Fact]
    public void Identical_sets_score_one_and_every_latent_is_stable()
    {
        var report = SeedStability.Of([Random(1), Random(1), Random(1)]);
        Assert.Equal(1, report.Mean, 1e-6);
        Assert.Equal(1, report.Kappa!.Value, 1e-5);
        Assert.Equal(1, report.StableShare);
        Assert.Equal(0, report.UnstableShare);
        Assert.All(report.Shared, shared => Assert.Equal(1, shared.Value));
        Assert.All(report.Subspaces, subspace => Assert.Equal(1, subspace.Overlap, 1e-6));
        Assert.Null(report.UnstableSubspace);
        Assert.Equal(5, report.VerdictNumber);
        Assert.True(report.Verdict!.IsReproducible);
    }

    [Fact]
    public void Independent_dictionaries_are_at_chance()
    {
        var report = SeedStability.Of([.. Enumerable.Range(1, 5).Select(seed => Random((uint)seed))]);
        Assert.Equal(0, report.Levels.Isotropic!.Kappa(report.Mean), 0.01);
        Assert.Equal(0, report.Kappa!.Value, 0.02);
        Assert.Equal(0, report.KappaTurned!.Value, 0.02);
        Assert.Equal(2, report.VerdictNumber);
        Assert.Equal(0, report.StableShare);
        Assert.InRange(report.Mean, report.Interval.Low!.Value, report.Interval.High!.Value);
        Assert.Equal(IsotropicMaximum.Absolute(Width, Latents), report.Levels.Isotropic.Value, 1e-12);
        Assert.Null(report.Levels.Activations);
        var main = report.Subspaces.Single(subspace => subspace.Dimension == 8);
        Assert.Equal(8.0 / Width, main.Chance, 1e-12);
        Assert.InRange(main.Overlap, main.Chance - 0.05, main.Chance + 0.05);
        Assert.Equal(1, report.BestMatches!.SameShape.Sum(), 1e-9);
        Assert.Equal(1, report.BestMatches.Isotropic.Sum(), 1e-9);
    }

    [Fact]
    public void Directions_of_low_rank_are_no_more_alike_than_their_shape_says()
    {
        // Directions that fill 5 of 40 dimensions look alike to the isotropic level.
        var covariance = LowRank(5);
        var root = covariance.SquareRoot();
        var set = Enumerable.Range(0, 5).Select(seed => new LatentDictionary(
            $"seed {seed}", RandomDirections.WithCovariance(Latents, root, new RandomStream(7, "test.lowrank", (uint)seed)))).ToArray();
        var report = SeedStability.Of(set, null, covariance);
        Assert.True(report.Levels.Isotropic!.Kappa(report.Mean) > 0.5);
        Assert.InRange(report.Kappa!.Value, -0.03, 0.03);
        Assert.InRange(report.KappaTurned!.Value, -0.03, 0.03);
        Assert.NotNull(report.Levels.Activations);
        Assert.Equal(2, report.VerdictNumber);
        var alone = SeedStability.Of(set, new StabilityOptions { Parts = StabilityParts.Turned });
        Assert.InRange(alone.KappaTurned!.Value, -0.08, 0.08);
    }

    [Fact]
    public void The_matrix_is_symmetric_with_ones_and_agrees_with_single_pairs()
    {
        LatentDictionary[] set = [Random(1), Random(2), Random(3, latents: 30)];
        var options = new StabilityOptions
        {
            Similarity = new SimilarityOptions { Matcher = Matcher.Hungarian, Cosine = CosineMeasure.Signed },
            ChanceDraws = 2,
        };
        var report = SeedStability.Of(set, options);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(1, report.Matrix[i][i]);
            for (var j = 0; j < i; j++)
            {
                Assert.Equal(report.Matrix[i][j], report.Matrix[j][i]);
                Assert.Equal(DictionarySimilarity.Between(set[i], set[j], options.Similarity).Value, report.Matrix[i][j], 1e-12);
            }
        }

        Assert.Equal((report.Matrix[0][1] + report.Matrix[0][2] + report.Matrix[1][2]) / 3, report.Mean, 1e-12);
        Assert.Equal([60, 60, 30], report.Latents);
    }

    [Theory]
    [InlineData(CosineMeasure.Absolute, Matcher.Maximum)]
    [InlineData(CosineMeasure.Absolute, Matcher.MutualNearest)]
    [InlineData(CosineMeasure.Signed, Matcher.Maximum)]
    [InlineData(CosineMeasure.Signed, Matcher.Greedy)]
    public void One_product_for_similarity_and_latents_gives_what_two_give(CosineMeasure cosine, Matcher matcher)
    {
        LatentDictionary[] set = [Random(1), Random(2), Random(3, latents: 30)];
        var options = new StabilityOptions { Similarity = new SimilarityOptions { Cosine = cosine, Matcher = matcher }, ChanceDraws = 2 };
        var report = SeedStability.Of(set, options);
        Assert.Equal(DictionarySimilarity.Between(set[0], set[2], options.Similarity).Value, report.Matrix[0][2]);
        var best = NearestLatents.Of(set, options.Similarity);
        Assert.Equal(
            JsonSerializer.Serialize(Enumerable.Range(0, 3).SelectMany(sae => best.Stability(sae, options.FoundCosine))),
            JsonSerializer.Serialize(report.PerLatent));
    }

    [Fact]
    public void Half_shared_dictionaries_have_half_their_latents_stable()
    {
        var shared = Random(100).Decoder;
        var set = Enumerable.Range(1, 4).Select(seed =>
        {
            var dictionary = Random((uint)seed);
            for (var latent = 0; latent < Latents / 2; latent++)
            {
                // At other places in each, or the seeds would seem to share their start.
                shared.Row(latent).CopyTo(dictionary.Decoder.Row((latent + 7 * seed) % (Latents / 2)));
            }

            return dictionary;
        }).ToArray();
        var report = SeedStability.Of(set);
        Assert.Equal(0.5, report.StableShare, 1e-9);
        Assert.All(report.PerLatent, latent => Assert.Equal(latent.Latent < Latents / 2, latent.IsStable));
        Assert.All(report.PerLatent.Where(latent => latent.IsStable), latent => Assert.Equal(0.2924, latent.Low, 1e-3));
        Assert.Equal(0.5, report.Shared.Single(fraction => fraction.Threshold == 0.9).Value, 1e-9);
        Assert.NotNull(report.UnstableSubspace);
    }

    [Fact]
    public void Dead_latents_are_left_out_and_counted()
    {
        var frequencies = Enumerable.Range(0, Latents).Select(latent => latent < 10 ? 0.0 : 0.1).ToArray();
        LatentDictionary Dying(uint seed) => new($"seed {seed}", Random(seed).Decoder, null, frequencies);
        var report = SeedStability.Of([Dying(1), Dying(2)]);
        Assert.Equal([50, 50], report.Alive);
        Assert.Equal([10, 10], report.Dead);
        Assert.Equal(IsotropicMaximum.Absolute(Width, 50), report.Levels.Isotropic!.Value, 1e-12);
        Assert.Null(report.Verdict);
        Assert.Null(report.Kappa!.Low);
        Assert.InRange(report.P!.Value, 0.01, 1);
        Assert.False(report.PIsApproximate);
        Assert.Contains(report.Warnings, warning => warning.Contains("no interval", StringComparison.Ordinal));
        var included = SeedStability.Of(
            [Dying(1), Dying(2)], new StabilityOptions { Similarity = new SimilarityOptions { IncludeDead = true } });
        Assert.Equal([60, 60], included.Alive);
    }

    [Fact]
    public void One_dictionary_or_other_widths_are_refused()
    {
        Assert.Contains("1 SAE", Assert.Throws<ArgumentException>(() => SeedStability.Of([Random(1)])).Message, StringComparison.Ordinal);
        var message = Assert.Throws<ArgumentException>(() => SeedStability.Of([Random(1), Random(2, width: 39)])).Message;
        Assert.Contains("width 40", message, StringComparison.Ordinal);
        Assert.Contains("width 39", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SeedStability.Of([Random(1, width: 8), Random(2, width: 8)], null, LowRank(5)));
    }

    [Fact]
    public void Narrow_activations_are_warned_about() =>
        Assert.Contains(
            SeedStability.Of([Random(1, width: 8), Random(2, width: 8)]).Warnings,
            warning => warning.Contains("8 dimensions", StringComparison.Ordinal));

    [Fact]
    public void The_number_of_threads_does_not_change_a_digit()
    {
        using var two = new Workers(2);
        LatentDictionary[] set = [Random(1), Random(2), Random(3)];
        Assert.Equal(JsonSerializer.Serialize(SeedStability.Of(set)), JsonSerializer.Serialize(SeedStability.Of(set, workers: two)));
    }

    [Fact]
    public void Agreement_that_forms_during_training_is_seen()
    {
        var final = Random(50).Decoder;
        LatentDictionary Mixed(uint seed, float share)
        {
            var dictionary = Random(seed);
            for (var latent = 0; latent < Latents; latent++)
            {
                Elementwise.MultiplyAdd(dictionary.Decoder.Row(latent), final.Row(latent), share);
            }

            return dictionary;
        }

        var points = StabilityDynamics.Measure(
            [
                .. Shares.Select((share, step) =>
                    ((long)step, (IReadOnlyList<LatentDictionary>)[Mixed(1, share), Mixed(2, share), Mixed(3, share)]))]);
        Assert.Equal([0L, 1L, 2L], points.Select(point => point.Step));
        Assert.Equal(points[0].BetweenSeeds.Levels.SameShape.Value, points[0].BetweenSeeds.Mean, 0.02);
        // Rows of one index come to lie close to each other, but did not begin so.
        Assert.Equal(0, points[0].BetweenSeeds.Kappa!.Value, 0.05);
        Assert.True(points[2].BetweenSeeds.Mean > points[1].BetweenSeeds.Mean && points[1].BetweenSeeds.Mean > points[0].BetweenSeeds.Mean);
        Assert.Equal(1, points[2].ToFinalSelf.Mean, 1e-6);
        Assert.InRange(points[0].ToFinalSelf.Mean, points[0].ToFinalSelf.Low!.Value, points[1].ToFinalSelf.Mean);
    }

    [Fact]
    public void Ends_and_circuit_may_be_given_to_the_dynamics()
    {
        var site = new Circuits.PlantedSite();
        var circuit = site.FindCircuit();
        LatentDictionary Planted(uint index) => site.Dictionary(4, index).Dictionary;
        LatentDictionary Untrained(uint seed) => Random(seed, latents: 16, width: Circuits.PlantedSite.Width);
        IReadOnlyList<LatentDictionary> finals = [Planted(1), Planted(2)];
        DynamicsPoint[] points =
        [
            StabilityDynamics.At(0, [Untrained(1), Untrained(2)], finals, activations: circuit.Covariance, circuit: circuit),
            StabilityDynamics.At(9, finals, finals, activations: circuit.Covariance, circuit: circuit),
        ];
        Assert.Equal(0, points[0].Circuit!.FourierOverlap.Kappa, 0.05);
        Assert.True(points[0].Circuit!.FourierOverlap.Kappa < points[1].Circuit!.FourierOverlap.Kappa);
        Assert.Equal(1, points[1].Circuit!.FourierOverlap.Score, 1e-4);
        Assert.Equal(1, points[1].Circuit!.GtMcc.Score, 1e-4);
        Assert.True(points[1].Circuit!.GtMcc.Score > points[1].Circuit!.GtMcc.OtherPlanes.Value);
        Assert.True(points[0].ToFinalSelf.Mean < 0.9);
        Assert.Equal(1, points[1].ToFinalSelf.Mean, 1e-6);
        Assert.Null(points[0].BetweenSeeds.Levels.Turned);
        Assert.NotNull(points[1].BetweenSeeds.Levels.Turned);
        Assert.Equal([16, 16], points[0].Alive);
        var hungarian = new StabilityOptions { Similarity = new SimilarityOptions { Matcher = Matcher.Hungarian } };
        Assert.Throws<OperationCanceledException>(() =>
            StabilityDynamics.At(0, finals, finals, hungarian, cancellation: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Trainings_that_share_their_start_say_so_from_the_first_step_on()
    {
        LatentDictionary Last(uint seed) => new($"seed {seed}", Random(seed).Decoder) { Start = Random(50) };
        var points = StabilityDynamics.Measure(
            [(0, [Random(50), Random(50), Random(50)]), (5, [Random(1), Random(2), Random(3)]), (9, [Last(4), Last(5), Last(6)])]);
        Assert.Equal(1, points[0].BetweenSeeds.Mean, 1e-6);
        Assert.All(points, point => Assert.Null(point.BetweenSeeds.Kappa));
        Assert.All(points, point => Assert.Equal(1, point.BetweenSeeds.VerdictNumber));
    }

    [Fact]
    public void A_cancelled_measurement_ends()
    {
        var options = new StabilityOptions { Similarity = new SimilarityOptions { Matcher = Matcher.Hungarian } };
        Assert.Throws<OperationCanceledException>(() =>
            SeedStability.Of([Random(1), Random(2)], options, cancellation: new CancellationToken(canceled: true)));
    }

    private static LatentDictionary Random(uint seed, int latents = Latents, int width = Width) =>
        new($"seed {seed}", RandomDirections.Isotropic(latents, width, new RandomStream(77, "test.stability", seed)));

    private static Covariance LowRank(int rank)
    {
        var rows = new Matrix(4000, Width);
        var stream = new RandomStream(78, "test.lowrank");
        for (var row = 0; row < rows.Rows; row++)
        {
            stream.FillNormal(rows.Row(row)[..rank]);
        }

        return Covariance.Of(rows);
    }
}
