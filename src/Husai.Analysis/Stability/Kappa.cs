namespace Husai.Analysis;

/// <summary>Chance-corrected scores, (x - chance) / (1 - chance).</summary>
/// <param name="Isotropic">Against isotropic directions.</param>
/// <param name="CovarianceMatched">Against covariance-matched directions.</param>
public sealed record Kappa(double Isotropic, double CovarianceMatched)
{
    /// <summary>Corrects a score.</summary>
    public static Kappa Of(double score, ChanceLevels chance)
    {
        ArgumentNullException.ThrowIfNull(chance);
        return new Kappa(Corrected(score, chance.Isotropic), Corrected(score, chance.CovarianceMatched));
    }

    /// <summary>(score - chance) / (1 - chance): 0 at chance and 1 at identity.</summary>
    public static double Corrected(double score, double chance) => (score - chance) / (1 - chance);
}
