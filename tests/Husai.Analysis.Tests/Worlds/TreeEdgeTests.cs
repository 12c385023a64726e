using Husai.Analysis.Chance;
using Husai.Analysis.Worlds;
using Husai.Autoencoders.Model;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;
using Husai.Worlds.Construction;
using Husai.Worlds.Model;
using Husai.Worlds.Options;
using Husai.Worlds.Sampling;

namespace Husai.Analysis.Tests.Worlds;

/// <summary>Absorption and hedging of autoencoders that are made to do it, and features by how often they fire.</summary>
public sealed class TreeEdgeTests
{
    private const int Width = 12;

    // Two parents, 0 and 1; the children of 0 are 2 and 3, those of 1 are 4 and 5.
    private static readonly Matrix Directions = RandomDirections.Orthonormal(6, Width, new RandomStream(1, "directions"));

    [Fact]
    public void A_latent_that_stands_in_for_the_parent_absorbs_it()
    {
        // The parent's latent turns away from child 2, whose latent writes both.
        var encoder = Directions.Clone();
        Add(encoder.Row(0), Directions.Row(2), -20);
        var decoder = Directions.Clone();
        Add(decoder.Row(2), Directions.Row(0), 0.5f);

        var edges = Evaluate(encoder, decoder).Edges;

        Assert.Equal([(0, 2), (0, 3), (1, 4), (1, 5)], edges.Select(edge => (edge.Parent, edge.Child)));
        Assert.Equal(1, edges[0].Absorption);
        Assert.Equal(1, edges[0].MissedWithChild);
        Assert.Equal(0, edges[0].MissedWithoutChild);
        Assert.Equal([0, 0], edges.Skip(2).Select(edge => edge.Absorption));

        // Child 3 is not absorbed: the parent's latent is silent where child 2 fires, with child 3 and without it.
        Assert.InRange(edges[1].Absorption!.Value - edges[1].MissedWithoutChild!.Value, -0.05, 0.05);
        Assert.All(edges, edge => Assert.InRange(edge.Hedging, -1e-6, 1e-6));
    }

    [Fact]
    public void A_part_of_the_child_in_the_parents_latent_is_hedging()
    {
        // The least-squares decoder of one latent on a parent with a child at 0.2: f0 + 0.2 f1, of cosine 0.196 with f1.
        var decoder = Directions.Clone();
        Add(decoder.Row(0), Directions.Row(2), 0.2f);

        var edges = Evaluate(Directions, decoder).Edges;
        var summary = TreeEdgeSummary.From(edges)!;

        Assert.InRange(edges[0].Hedging, 0.2 - 1e-6, 0.2 + 1e-6);
        Assert.All(edges, edge => Assert.InRange(edge.HedgingElsewhere!.Value, -1e-6, 1e-6));
        Assert.All(edges.Skip(1), edge => Assert.InRange(edge.Hedging, -1e-6, 1e-6));
        Assert.InRange(summary.Hedging!.Value, 0.05 - 1e-6, 0.05 + 1e-6);
        Assert.Equal((4, 4), (summary.Edges, summary.FoundEdges));
        Assert.Equal(0, summary.Absorption);
    }

    [Fact]
    public void Hedging_of_directions_that_are_not_orthogonal_is_no_overlap()
    {
        // A latent that is the parent holds nothing of a child that overlaps with it.
        var truth = Directions.Clone();
        Add(truth.Row(2), truth.Row(0), 0.3f);

        Assert.InRange(Evaluate(truth, truth, truth).Edges[0].Hedging, -1e-6, 1e-6);
    }

    [Fact]
    public void Features_that_are_not_found_have_no_edge_and_worlds_without_trees_none()
    {
        var decoder = RandomDirections.Isotropic(6, Width, new RandomStream(4, "other"));
        var edges = Evaluate(Directions, decoder).Edges;

        Assert.Null(TreeEdgeSummary.From([.. edges.Select(edge => edge with { ParentCosine = 0.5 })])!.Absorption);
        Assert.Null(TreeEdgeSummary.From([]));
    }

    [Fact]
    public void Strata_hold_the_features_in_order_of_their_rates()
    {
        double[] rates = [0.1, 0.4, 0.3, 0.2, 0.05];
        float[] cosines = [0.71f, 0.9f, 0.2f, 0.8f, 0.1f];

        var strata = RateStratum.Split(rates, cosines, 2);

        Assert.Equal([(2, 0.4, 0.3, 0.5), (3, 0.2, 0.05, 2 / 3.0)], strata.Select(stratum => (
            stratum.Features, stratum.LargestRate, stratum.SmallestRate, stratum.FoundShare)));
        Assert.Equal(5, RateStratum.Split(rates, cosines, 9).Count);
        Assert.Throws<ArgumentException>(() => RateStratum.Split(rates, [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => RateStratum.Split(rates, cosines, 0));
    }

    [Fact]
    public void Latents_that_fire_whatever_their_features_do_reach_the_chance_of_f1()
    {
        const int Features = 40;
        var truth = RandomDirections.Isotropic(Features, Width, new RandomStream(2, "truth"));
        var counts = new FiringCounts(TruthRecovery.Find(truth, truth), FeatureTrees.None(Features));
        var random = new RandomStream(3, "firing");
        const int Samples = 40_000;
        for (var sample = 0; sample < Samples; sample++)
        {
            var codes = Enumerable.Range(0, Features).Select(latent => random.NextDouble() < 0.05 + 0.01 * latent ? 1f : 0f).ToArray();
            counts.Add(codes, [.. Enumerable.Range(0, Features).Where(feature => random.NextDouble() < 0.4 - 0.008 * feature)]);
        }

        var found = LatentClassification.From(
            Samples, [.. Enumerable.Range(0, Features)], counts.Together, counts.Latents, counts.Features);

        // The standard error of an F1 is below 0.003, of the mean of forty a sixth of that.
        Assert.InRange(found.F1, found.ChanceF1 - 0.002, found.ChanceF1 + 0.002);
        Assert.InRange(found.ChanceF1, 0.1, 0.4);
    }

    private static WorldEvaluation Evaluate(Matrix encoder, Matrix decoder, Matrix? truth = null)
    {
        var options = new WorldOptions
        {
            Features = 6,
            Width = Width,
            Probabilities = new ProbabilityOptions { Law = ProbabilityLaw.Constant, Largest = 0.4 },
            Means = new MagnitudeOptions { Start = 3 },
            Deviations = new MagnitudeOptions { Start = 0.3 },
        };
        var made = WorldBuilder.Build(options);
        var world = new World(
            truth ?? Directions, made.Bias, made.Probabilities, made.Means, made.Deviations, null,
            new FeatureTrees([-1, -1, 0, 0, 1, 1], new bool[6]));
        var bias = new float[6];
        Array.Fill(bias, -0.1f);
        using var workers = new Workers(2);
        return WorldEvaluator.Evaluate(Sae.Standard(encoder, decoder, bias, new float[Width]), new WorldSampler(world, 1), 5000, workers);
    }

    private static void Add(Span<float> target, ReadOnlySpan<float> source, float factor)
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] += factor * source[i];
        }
    }
}
