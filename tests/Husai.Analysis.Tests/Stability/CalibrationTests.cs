using Husai.Analysis.Chance;
using Husai.Analysis.Similarity;
using Husai.Analysis.Stability;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Stability;

/// <summary>The level of the same shape on dictionaries that share nothing, and what may not change a number.</summary>
public sealed class CalibrationTests
{
    private static readonly StabilityOptions OnlyKappa = new() { Parts = StabilityParts.None };

    [Theory]
    [InlineData(20, 16, false, 12, .02)]
    [InlineData(20, 16, true, 12, .03)]
    [InlineData(200, 128, false, 4, .003)]
    [InlineData(200, 128, true, 4, .03)]
    public void Independent_dictionaries_of_one_shape_are_at_chance(int latents, int width, bool isLowRank, int sets, double tolerance)
    {
        using var two = new Workers(2);
        var alarms = 0;
        var kappas = new List<double>();
        for (var set = 0; set < sets; set++)
        {
            var stream = new RandomStream(101, $"test.calibration.{latents}.{isLowRank}", (uint)set);
            var root = Root(width, isLowRank);
            var dictionaries = Enumerable.Range(0, 5).Select(seed => new LatentDictionary(
                $"{seed}", RandomDirections.WithCovariance((int)(latents * (0.85 + 0.3 * stream.NextDouble())), root, stream))).ToArray();
            var report = SeedStability.Of(dictionaries, OnlyKappa with { ChanceSeed = (ulong)set }, workers: two);
            kappas.Add(report.Kappa!.Value);
            alarms += report.Kappa.Low > 0 ? 1 : 0;
        }

        Assert.Equal(0, kappas.Average(), tolerance);
        Assert.InRange(alarms, 0, Math.Max(1, sets / 6));
    }

    [Fact]
    public void A_dictionary_and_its_random_rotation_share_nothing()
    {
        using var two = new Workers(2);
        var rows = RandomDirections.Isotropic(1024, 128, new RandomStream(102, "test.rotated"));
        var rotated = new Matrix(1024, 128);
        MatrixProduct.Multiply(rotated, rows, RandomDirections.Rotation(128, new RandomStream(103, "test.rotation")));
        var report = SeedStability.Of(
            [new LatentDictionary("a", rows), new LatentDictionary("b", rotated)], OnlyKappa with { ChanceDraws = 8 }, workers: two);
        Assert.InRange(report.Kappa!.Value, -.003, .003);
    }

    [Fact]
    public void Lengths_of_rows_and_order_of_latents_change_nothing()
    {
        var set = Enumerable.Range(0, 3).Select(seed =>
            RandomDirections.Isotropic(60, 24, new RandomStream(104, "test.invariance", (uint)seed))).ToArray();
        var changed = set.Select((rows, seed) =>
        {
            var stream = new RandomStream(105, "test.change", (uint)seed);
            var result = new Matrix(60, 24);
            var order = stream.Permutation(60);
            for (var row = 0; row < 60; row++)
            {
                rows.Row(order[row]).CopyTo(result.Row(row));
                Elementwise.Scale(result.Row(row), 0.01f + 100 * stream.NextSingle());
            }

            return result;
        }).ToArray();
        var before = SeedStability.Of([.. set.Select((rows, seed) => new LatentDictionary($"{seed}", rows))], OnlyKappa);
        var after = SeedStability.Of([.. changed.Select((rows, seed) => new LatentDictionary($"{seed}", rows))], OnlyKappa);
        Assert.Equal(before.Mean, after.Mean, 1e-6);
        Assert.Equal(before.Levels.SameShape.Value, after.Levels.SameShape.Value, 1e-5);
        Assert.Equal(before.Kappa!.Value, after.Kappa!.Value, 1e-5);
    }

    [Fact]
    public void Seeds_that_share_their_start_are_refused_a_kappa()
    {
        var start = RandomDirections.Isotropic(200, 32, new RandomStream(106, "test.start"));
        LatentDictionary Trained(uint seed, bool knowsStart)
        {
            var rows = RandomDirections.Isotropic(200, 32, new RandomStream(107, "test.motion", seed));
            for (var row = 0; row < rows.Rows; row++)
            {
                Elementwise.MultiplyAdd(rows.Row(row), start.Row(row), 2);
            }

            return new LatentDictionary($"{seed}", rows) { Start = knowsStart ? new LatentDictionary("start", start) : null };
        }

        foreach (var knowsStart in new[] { true, false })
        {
            var report = SeedStability.Of([Trained(1, knowsStart), Trained(2, knowsStart), Trained(3, knowsStart)], OnlyKappa);
            Assert.Null(report.Kappa);
            Assert.Equal(1, report.VerdictNumber);
            Assert.Equal(3, report.SharedStarts.Count);
            Assert.All(
                report.SharedStarts,
                pair => Assert.Equal(knowsStart ? SharedStartEvidence.StartingWeights : SharedStartEvidence.FinalWeights, pair.Evidence));
            // Each moves on its own: nothing is left once the common start is taken off.
            Assert.All(report.SharedStarts, pair => Assert.InRange(pair.CommonMotion ?? 0, -.1, .1));
        }
    }

    private static Matrix Root(int width, bool isLowRank)
    {
        var root = new Matrix(width, width);
        for (var i = 0; i < width; i++)
        {
            root[i, i] = isLowRank ? MathF.Sqrt(1 / (MathF.Sqrt(i + 1) * (i + 1))) : 1;
        }

        return root;
    }
}
