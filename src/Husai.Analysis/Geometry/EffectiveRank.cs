using Husai.Numerics.Functions;

namespace Husai.Analysis.Geometry;

/// <summary>How many directions activations use, as real numbers between 1 and the width.</summary>
internal static class EffectiveRank
{
    private const double Negligible = 1e-10;

    /// <summary>
    /// exp of the entropy of sigma_i / sum sigma, over the singular values of the centred activations (Roy and Vetterli 2007).
    /// </summary>
    public static double Of(Covariance covariance)
    {
        ArgumentNullException.ThrowIfNull(covariance);
        var sigma = covariance.Eigen.Values.Select(value => Math.Sqrt(Math.Max(0, value))).ToArray();
        var sum = sigma.Sum();
        var entropy = 0.0;
        foreach (var value in sigma)
        {
            var share = value / sum;
            entropy -= share > Negligible ? share * Transcendental.Log(share) : 0;
        }

        return sum == 0 ? 0 : Transcendental.Exp(entropy);
    }

    /// <summary>Participation ratio (sum of variances)² / (sum of their squares), over the principal variances.</summary>
    public static double ParticipationRatio(Covariance covariance)
    {
        ArgumentNullException.ThrowIfNull(covariance);
        double sum = 0, squares = 0;
        foreach (var value in covariance.Eigen.Values)
        {
            sum += Math.Max(0, value);
            squares += value * value;
        }

        return sum == 0 ? 0 : sum * sum / squares;
    }
}
