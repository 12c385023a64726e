using Husai.Analysis.Chance;
using Husai.Analysis.Worlds;
using Husai.Autoencoders.Model;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;
using Husai.Worlds.Construction;
using Husai.Worlds.Options;
using Husai.Worlds.Sampling;

namespace Husai.Analysis.Tests.Worlds;

/// <summary>What the metrics come to when there is nothing, or nothing else, to find.</summary>
public sealed class RecoveryByChanceTests
{
    [Theory]
    [InlineData(48, 128, 256, 40, 40, 0.41804, 0.00395, 0.42420, 0.00399, 0.78672, 0.02414)]
    [InlineData(768, 1024, 16384, 1, 5, 0.14830, 0.00032, 0.14842, 0.00033, 0.97031, 0.00703)]
    public void Random_decoders_recover_as_much_as_published(
        int width, int latents, int features, int draws, int published, double mcc, double mccDeviation, double best, double bestDeviation,
        double uniqueness, double uniquenessDeviation)
    {
        using var workers = new Workers(2);
        var found = Enumerable.Range(0, draws).Select(draw => TruthRecovery.Find(
            RandomDirections.Isotropic(latents, width, new RandomStream(7, "latents", (uint)draw)),
            RandomDirections.Isotropic(features, width, new RandomStream(7, "features", (uint)draw)), workers)).ToArray();

        // Four standard errors of the difference of two means of independent draws.
        var errors = 4 * Math.Sqrt(1.0 / draws + 1.0 / published);
        Near(mcc, found.Average(recovery => recovery.Mcc), errors * mccDeviation);
        Near(best, found.Average(recovery => recovery.MeanBest), errors * bestDeviation);
        Near(uniqueness, found.Average(recovery => recovery.Uniqueness), errors * uniquenessDeviation);
    }

    [Fact]
    public void Chance_levels_are_means_over_random_decoders()
    {
        using var workers = new Workers(2);
        var truth = RandomDirections.Isotropic(256, 48, new RandomStream(3, "features"));

        var alone = RecoveryChance.Draw(128, truth, 40, seed: 0);
        var together = RecoveryChance.Draw(128, truth, 40, seed: 0, workers);

        // As published for these shapes; four standard errors of the difference of two means of 40 draws.
        Near(0.41804, alone.Mcc.Value, 4 * Math.Sqrt(2.0 / 40) * 0.00395);
        Near(0.78672, alone.Uniqueness.Value, 4 * Math.Sqrt(2.0 / 40) * 0.02414);
        Assert.Equal(40, alone.Mcc.Draws);
        Assert.Equal(alone, together);
        Assert.Throws<ArgumentOutOfRangeException>(() => RecoveryChance.Draw(128, truth, 1, seed: 0));
    }

    [Fact]
    public void The_truth_recovers_itself()
    {
        var truth = RandomDirections.Isotropic(20, 30, new RandomStream(1, "truth"));

        var recovery = TruthRecovery.Find(truth, truth);

        Near(1, recovery.Mcc, 1e-6);
        Assert.Equal(1, recovery.Uniqueness);
        Assert.Equal(Enumerable.Range(0, 20), recovery.FeatureOfLatent);
    }

    [Fact]
    public void An_SAE_that_is_the_world_is_perfect_and_more_latents_than_features_do_not_hurt()
    {
        // Orthogonal directions and no bias: a latent's pre-activation is the feature's magnitude.
        var options = new WorldOptions
        {
            Features = 6,
            Width = 9,
            Probabilities = new ProbabilityOptions { Smallest = 0.1 },
            Means = new MagnitudeOptions { Start = 3 },
            Deviations = new MagnitudeOptions { Start = 0.5 },
        };
        var world = WorldBuilder.Build(options);
        var directions = RandomDirections.Orthonormal(6, 9, new RandomStream(1, "directions"));
        world = new Husai.Worlds.Model.World(directions, world.Bias, world.Probabilities, world.Means, world.Deviations);
        var decoder = new Matrix(8, 9);
        decoder.SliceRows(0, 6).CopyFrom(directions);
        var bias = new float[8];
        Array.Fill(bias, -1e-3f);
        var seen = 0;

        var evaluation = WorldEvaluator.Evaluate(
            Sae.Standard(decoder, decoder, bias, new float[9]), new WorldSampler(world, 1), 3000, progress: done => seen = done);

        Assert.Equal(3000, seen);
        Assert.Equal(evaluation.TrueL0, evaluation.L0);
        Assert.Equal(2, evaluation.DeadLatents);
        Near(6 / 8.0, evaluation.Classification.F1, 1e-12);
        Near(1, evaluation.Recovery.Mcc, 1e-6);
        Assert.Equal([-1, -1], evaluation.Recovery.FeatureOfLatent.Skip(6));
        Near(1, evaluation.ExplainedVariance, 1e-5);
        Near(1, evaluation.Shrinkage, 2e-3);
    }

    [Fact]
    public void Bad_shapes_are_named()
    {
        var error = Assert.Throws<ArgumentException>(() => TruthRecovery.Find(new Matrix(2, 3), new Matrix(2, 4)));
        Assert.Contains("[2, 3]", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => DictionaryOverlap.Measure(new Matrix(1, 3)));
    }

    private static void Near(double expected, double actual, double tolerance) =>
        Assert.InRange(actual, expected - tolerance, expected + tolerance);
}
