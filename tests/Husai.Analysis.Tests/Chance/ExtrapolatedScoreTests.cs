using Husai.Analysis.Chance;
using Husai.Analysis.Similarity;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Chance;

/// <summary>One-to-one levels from parts of the latents against those of all of them.</summary>
public sealed class ExtrapolatedScoreTests
{
    private const int Latents = 4096;
    private const int Draws = 8;

    [Theory]
    [InlineData(24, 0, CosineMeasure.Absolute)]
    [InlineData(24, 0, CosineMeasure.Signed)]
    [InlineData(64, .5, CosineMeasure.Absolute)]
    [InlineData(64, .5, CosineMeasure.Signed)]
    public void The_level_is_the_exact_one_within_the_error_that_it_states(int width, double power, CosineMeasure cosine)
    {
        var options = new SimilarityOptions { Matcher = Matcher.Hungarian, Cosine = cosine };
        var level = ChanceLevel.Of([.. Enumerable.Range(0, Draws).Select(draw =>
            ExtrapolatedScore.Of(Draw(width, power, draw, 0), Draw(width, power, draw, 1), options, null, CancellationToken.None))]);
        var exact = ChanceLevel.Of([.. Enumerable.Range(Draws, 2).Select(draw =>
            DictionarySimilarity.FindMatch(Draw(width, power, draw, 0).Rows, Draw(width, power, draw, 1).Rows, options).Mean)]);

        var error = level.StandardError + exact.StandardError + level.ExtrapolationError!.Value;
        Assert.InRange(level.Value - exact.Value, -3 * error, 3 * error);
        // Small beside what kappa resolves.
        Assert.InRange(error, 0, .02);
        Assert.InRange(level.Value - exact.Value, -.01, .01);
    }

    [Theory]
    [InlineData(Matcher.Hungarian, 16385, 16385, true)]
    [InlineData(Matcher.Hungarian, 1024, 16385, true)]
    [InlineData(Matcher.Hungarian, 1023, 16385, false)]
    [InlineData(Matcher.Hungarian, 16384, 16384, false)]
    [InlineData(Matcher.Maximum, 16385, 16385, false)]
    public void Only_large_one_to_one_scores_are_extrapolated(Matcher matcher, int first, int second, bool applies) =>
        Assert.Equal(applies, ExtrapolatedScore.Applies(new SimilarityOptions { Matcher = matcher }, first, second));

    // Deviations along the axes that fall as a power.
    private static ComparedRows Draw(int width, double power, int draw, int side)
    {
        var rows = RandomDirections.Isotropic(Latents, width, new RandomStream(8, "test.extrapolated", (uint)(2 * draw + side)));
        for (var row = 0; row < rows.Rows; row++)
        {
            for (var index = 0; index < width; index++)
            {
                rows[row, index] *= (float)Math.Pow(index + 1, -power);
            }
        }

        return new ComparedRows(rows, null);
    }
}
