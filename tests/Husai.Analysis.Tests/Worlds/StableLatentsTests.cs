using Husai.Analysis.Chance;
using Husai.Analysis.Similarity;
using Husai.Analysis.Stability;
using Husai.Analysis.Worlds;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Worlds;

/// <summary>Stable latents against true features, on dictionaries in which both are known.</summary>
public sealed class StableLatentsTests
{
    private const int Width = 40;
    private static readonly Matrix Truth = RandomDirections.Orthonormal(16, Width, new RandomStream(1, "truth"));
    private static readonly Matrix Artefacts = RandomDirections.Orthonormal(4, Width, new RandomStream(2, "artefacts"));
    private static readonly double[] Rates = [.. Enumerable.Range(0, 16).Select(feature => 0.5 - 0.02 * feature)];

    [Fact]
    public void Counts_are_those_of_the_dictionaries()
    {
        // Every seed has features 0 to 3 and the artefacts; seed s alone feature 4 + s.
        var found = Measure(4, seed => [.. Enumerable.Range(0, 4).Select(Feature), Feature(4 + seed), .. Rows(Artefacts)]);

        Assert.Equal((36, 32, 20, 16), (found.All.Latents, found.All.Stable, found.All.True, found.All.Both));
        Assert.Equal(0.5, found.All.Precision!.Mean);
        Assert.Equal(20 / 36.0, found.All.TrueShare!.Mean);
        Assert.Equal(0.8, found.All.Recall!.Mean, 12);
        Assert.Equal(32 / 36.0, found.All.StableShare!.Mean, 12);
        Assert.Equal(0, found.All.Precision.StandardError!.Value, 12);
        Assert.Equal(36, found.ByRate.Sum(stratum => stratum.Latents));

        // Features 0 to 3 are the most frequent quarter.
        Assert.Equal(16, found.ByRate[0].Both);
        Assert.Equal([0, 0, 0], found.ByRate.Skip(1).Select(stratum => stratum.Both));
        Assert.Equal((0.5, 0.44), (found.ByRate[0].LargestRate, Math.Round(found.ByRate[0].SmallestRate, 12)));
    }

    [Fact]
    public void A_seed_that_is_left_out_has_no_vote()
    {
        // Feature 1 is missing in the last seed only.
        var found = Measure(4, seed => seed == 3 ? [Feature(0), Feature(2)] : [Feature(0), Feature(1)]);

        Assert.Equal(4, found.All.Stable);

        // With all seeds recall is 4 of 8; without the last it is 6 of 6, without another 3 of 6.
        Assert.Equal(0.5, found.All.Recall!.Mean);
        double[] partial = [0.5, 0.5, 0.5, 1];
        var mean = partial.Average();
        Assert.Equal(Math.Sqrt(3 / 4.0 * partial.Sum(value => (value - mean) * (value - mean))), found.All.Recall.StandardError!.Value, 12);
    }

    [Fact]
    public void Independent_dictionaries_have_no_stable_latents_and_no_precision()
    {
        var found = Measure(3, seed => Rows(RandomDirections.Isotropic(12, Width, new RandomStream(9, "seed", (uint)seed))));

        Assert.Equal((36, 0, 0), (found.All.Latents, found.All.Stable, found.All.True));
        Assert.Null(found.All.Precision);
        Assert.Null(found.All.Recall);
        Assert.Equal(0, found.All.StableShare!.Mean);
        Assert.Throws<ArgumentException>(() => StableLatents.Measure([], [], Rates));
    }

    private static StableLatents Measure(int seeds, Func<int, float[][]> rows)
    {
        var decoders = Enumerable.Range(0, seeds).Select(seed => ToMatrix(rows(seed))).ToList();
        var nearest = NearestLatents.Of([.. decoders.Select((decoder, seed) => new LatentDictionary($"{seed}", decoder))]);
        return StableLatents.Measure(
            [.. Enumerable.Range(0, seeds).SelectMany(seed => nearest.Stability(seed, TruthRecovery.FoundCosine))],
            [.. decoders.Select(decoder => TruthRecovery.Find(decoder, Truth))], Rates);
    }

    private static float[] Feature(int feature) => Truth.Row(feature).ToArray();

    private static float[][] Rows(Matrix matrix) => [.. Enumerable.Range(0, matrix.Rows).Select(row => matrix.Row(row).ToArray())];

    private static Matrix ToMatrix(float[][] rows)
    {
        var matrix = new Matrix(rows.Length, Width);
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row].CopyTo(matrix.Row(row));
        }

        return matrix;
    }
}
