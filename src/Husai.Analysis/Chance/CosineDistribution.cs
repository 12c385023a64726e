using Husai.Analysis.Statistics.Distributions;

namespace Husai.Analysis.Chance;

/// <summary>Distribution of the cosine between independent isotropic directions in R^width.</summary>
internal static class CosineDistribution
{
    /// <summary>P(|cos| &lt;= t) = I(t²; 1/2, (width - 1) / 2), the regularised incomplete beta function.</summary>
    /// <param name="t">In [0, 1].</param>
    /// <param name="width">At least 2.</param>
    public static double AbsoluteBelow(double t, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(t);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(t, 1);
        return IncompleteBeta.Regularised(0.5, (width - 1) / 2.0, t * t);
    }

    /// <summary>P(|cos| &gt; t), without the loss of digits of one minus the other.</summary>
    /// <param name="t">In [0, 1].</param>
    /// <param name="width">At least 2.</param>
    public static double AbsoluteAbove(double t, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(t);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(t, 1);
        return IncompleteBeta.Regularised((width - 1) / 2.0, 0.5, 1 - t * t);
    }
}
