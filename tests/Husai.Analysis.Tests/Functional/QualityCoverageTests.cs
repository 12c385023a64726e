using Husai.Analysis.Functional;
using Husai.Numerics.Matrices;

namespace Husai.Analysis.Tests.Functional;

public sealed class QualityCoverageTests
{
    [Fact]
    public void Quality_is_the_mean_of_the_best_matches_and_a_latent_without_one_counts_as_zero()
    {
        var curve = QualityCoverage.Curve([0.2, 0.9, double.NaN, 0.5], [0.1, 0.6, double.NaN, -3]);
        Assert.Equal([0.6, 0.3, 0.7 / 3, 0.7 / 4], curve);
        Assert.Equal(0.6, QualityCoverage.At(curve, 0.02));
        Assert.Equal(0.3, QualityCoverage.At(curve, 0.5));
        Assert.Equal(0.7 / 4, QualityCoverage.At(curve, 1));
    }

    [Fact]
    public void A_hard_negative_looks_alike_and_fires_as_often_without_being_the_match()
    {
        var cosines = Matrix.From(new[,] { { 0.9f, 0.8f, 0.7f, 0.1f }, { 0.9f, 0.8f, 0.7f, 0.1f }, { 0.9f, 0.8f, 0.7f, 0.1f } });
        double[] rates = [0.10, 0.16, 0.14, 0.01];
        Assert.Equal([2, 2, -1], HardNegatives.Of([0, 1, -1], cosines, rates, 1.5));
        Assert.Equal([-1, 0, 0], HardNegatives.Of([3, 2, 1], cosines, rates, 2));
    }
}
