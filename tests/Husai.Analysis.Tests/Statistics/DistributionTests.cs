using Husai.Analysis.Statistics.Distributions;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Husai.Analysis.Tests.Statistics;

/// <summary>Against MathNet, which takes its logarithms and exponentials from the C library.</summary>
public sealed class DistributionTests
{
    [Fact]
    public void Logarithm_of_gamma()
    {
        foreach (var x in new[] { 0.1, 0.5, 1, 1.5, 2, 3.7, 9.99, 10, 63.5, 383.5, 5000 })
        {
            Assert.Equal(SpecialFunctions.GammaLn(x), LogGamma.Of(x), 1e-12 * Math.Max(1, Math.Abs(SpecialFunctions.GammaLn(x))));
        }
    }

    [Fact]
    public void Incomplete_beta()
    {
        foreach (
            var (a, b) in new[] { (0.5, 0.5), (0.5, 63.5), (63.5, 0.5), (0.5, 383.5), (1.0, 1.0), (2.0, 5.0), (40.0, 3.0), (200.0, 210.0) })
        {
            foreach (var x in new[] { 0, 1e-9, 0.01, 0.2, 0.5, 0.73, 0.99, 1 })
            {
                Assert.Equal(SpecialFunctions.BetaRegularized(a, b, x), IncompleteBeta.Regularised(a, b, x), 1e-12);
            }

            Assert.Equal(0.3, IncompleteBeta.Regularised(a, b, IncompleteBeta.Quantile(a, b, 0.3)), 1e-12);
        }
    }

    [Fact]
    public void Quantiles_of_student()
    {
        foreach (var freedom in new[] { 1, 2, 4, 9, 30, 200 })
        {
            foreach (var confidence in new[] { 0.5, 0.9, 0.95, 0.999 })
            {
                var expected = StudentT.InvCDF(0, 1, freedom, (1 + confidence) / 2);
                Assert.Equal(expected, StudentQuantile.TwoSided(freedom, confidence), 1e-8 * expected);
            }
        }
    }

    [Fact]
    public void Normal_tails()
    {
        foreach (var z in new[] { -9, -3, -1, 0, 0.3, 1.96, 2.8, 2.9, 5, 12 })
        {
            var expected = Normal.CDF(0, 1, -z);
            Assert.Equal(expected, NormalTail.Above(z), 1e-11 * expected);
        }
    }
}
