using Husai.Analysis.Statistics;

namespace Husai.Analysis.Comparison;

/// <summary>
/// Tests and effect sizes that take pairs of seeds for independent observations, as published ones do. Their type I error is several times
/// the nominal one.
/// </summary>
/// <param name="MannWhitney">U test of the pairs within the first set against those within the second.</param>
/// <param name="CohenD">Cohen's d over the same pairs; null when a set has a single pair.</param>
/// <param name="HedgesG">Hedges' g of the seeds' mean similarities to the other seeds of their set: its unit shrinks with the number of
/// latents, so it is no size of an effect.</param>
/// <param name="Caution">Why not to rely on them.</param>
public sealed record PairTests(MannWhitney MannWhitney, double? CohenD, double HedgesG, string Caution)
{
    internal static PairTests Of(double[][] first, double[][] second)
    {
        var firstPairs = Pairs(first);
        var secondPairs = Pairs(second);
        return new PairTests(
            MannWhitney.Test(firstPairs, secondPairs),
            firstPairs.Length > 1 && secondPairs.Length > 1 ? EffectSize.CohenD(firstPairs, secondPairs) : null,
            EffectSize.HedgesG(SeedMeans(first), SeedMeans(second)),
            "pairs that share a seed are correlated; these tests reject far too often");
    }

    private static double[] Pairs(double[][] matrix) => [.. matrix.SelectMany((row, i) => row.Skip(i + 1))];

    private static double[] SeedMeans(double[][] matrix) => [.. matrix.Select((row, i) => row.Where((_, j) => j != i).Average())];
}
