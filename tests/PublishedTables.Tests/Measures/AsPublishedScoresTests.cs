using Husai.Analysis.Chance;
using Husai.Analysis.Similarity;
using Husai.Numerics.Randomness;
using PublishedTables.Measures;

namespace PublishedTables.Tests.Measures;

public sealed class AsPublishedScoresTests
{
    [Fact]
    public void Random_decoders_have_the_published_baseline()
    {
        var scores = AsPublishedScores.Of(Decoders(5, 1024), 113);

        Assert.InRange(scores.MeanRandomPwmcc()!.Value, 0.2978, 0.2998);
        Assert.InRange(scores.MeanPwmcc()!.Value, 0.2978, 0.2998);
        Assert.InRange(scores.FourierOverlapsAsPublished.Average(), 0.25, 0.26);
        Assert.Equal([8, 16, 32, 64, 128], scores.SubspaceOverlapAsPublished.Select(overlap => overlap.Rank));
        Assert.All(scores.SubspaceOverlapAsPublished, overlap => Assert.InRange(overlap.Random - overlap.Rank / 128.0, -0.01, 0.01));
        Assert.Equal(1, scores.SubspaceOverlapAsPublished[^1].Trained, 6);
    }

    [Theory]
    [InlineData(0.0625)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void Pinned_rows_count_by_arithmetic(double fraction)
    {
        var decoders = Decoders(2, 1024);
        var copied = decoders[1].Decoder.Clone();
        for (var row = 0; row < fraction * copied.Rows; row++)
        {
            decoders[0].Decoder.Row(row).CopyTo(copied.Row(row));
        }

        var without = AsPublishedScores.Pwmcc(decoders[0], decoders[1]);
        var pinned = AsPublishedScores.Pwmcc(decoders[0], new LatentDictionary("pinned", copied));

        Assert.InRange(pinned - (fraction + (1 - fraction) * without), -0.01, 0.01);
    }

    [Fact]
    public void Dead_latents_take_part()
    {
        var decoders = Decoders(2, 64).Select(decoder => new LatentDictionary(decoder.Name, decoder.Decoder, null, new double[64]))
            .ToArray();

        Assert.Equal(AsPublishedScores.Pwmcc(Decoders(2, 64)[0], Decoders(2, 64)[1]), AsPublishedScores.Pwmcc(decoders[0], decoders[1]));
    }

    private static LatentDictionary[] Decoders(int count, int latents) =>
        [.. Enumerable.Range(0, count).Select(seed =>
            new LatentDictionary($"{seed}", RandomDirections.Isotropic(latents, 128, new RandomStream((ulong)seed, "test.decoders"))))];
}
