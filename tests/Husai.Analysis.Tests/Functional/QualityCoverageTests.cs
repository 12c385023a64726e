using Husai.Analysis.Functional;

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
}
