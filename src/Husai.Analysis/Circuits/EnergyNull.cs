using Husai.Analysis.Statistics;

namespace Husai.Analysis.Circuits;

/// <summary>
/// How the best-plane energy is distributed over directions that know nothing of the circuit, and how a dictionary stands against that.
/// </summary>
/// <param name="Mean">Mean over the null's directions.</param>
/// <param name="Deviation">Standard deviation over the null's directions.</param>
/// <param name="Percentile95">95th percentile.</param>
/// <param name="Percentile99">99th percentile.</param>
/// <param name="Z">(the dictionary's mean - mean) / deviation.</param>
/// <param name="Auc">Probability that a latent has more energy than a direction of the null.</param>
public sealed record EnergyNull(double Mean, double Deviation, double Percentile95, double Percentile99, double Z, double Auc)
{
    /// <summary>Compares the energies of latents with those of null directions.</summary>
    public static EnergyNull Of(IReadOnlyList<double> latents, IReadOnlyList<double> directions)
    {
        ArgumentNullException.ThrowIfNull(latents);
        ArgumentNullException.ThrowIfNull(directions);
        var sorted = directions.Order().ToArray();
        var mean = sorted.Average();
        var deviation = Math.Sqrt(sorted.Sum(value => (value - mean) * (value - mean)) / sorted.Length);
        return new EnergyNull(
            mean, deviation, Percentile.OfSorted<double>(sorted, 0.95), Percentile.OfSorted<double>(sorted, 0.99),
            (latents.Average() - mean) / deviation, ShareAbove([.. latents], sorted));
    }

    private static double ShareAbove(double[] latents, double[] directions)
    {
        var ranks = RankCorrelation.Ranks([.. latents, .. directions]);
        var sum = ranks.Take(latents.Length).Sum();
        return (sum - latents.Length * (latents.Length + 1) / 2.0) / ((double)latents.Length * directions.Length);
    }
}
