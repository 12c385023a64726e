namespace Husai.Analysis.Stability;

/// <summary>How often a latent is found again in the other seeds (Gerasimov et al. 2026).</summary>
/// <param name="Sae">Number of its dictionary in the set.</param>
/// <param name="Latent">Its index there.</param>
/// <param name="Probability">Share of the other dictionaries that have a latent at least as close as the threshold.</param>
/// <param name="Low">Lower end of the Clopper-Pearson interval.</param>
/// <param name="High">Upper end of the Clopper-Pearson interval.</param>
/// <param name="MeanCosine">Mean over the other dictionaries of the best signed decoder cosine.</param>
public sealed record LatentStability(int Sae, int Latent, double Probability, double Low, double High, double MeanCosine)
{
    /// <summary>The nearest latent in each dictionary of the set; -1 in its own.</summary>
    public IReadOnlyList<int> Partners { get; init; } = [];

    /// <summary>Signed decoder cosine to each of them; 1 in its own.</summary>
    public IReadOnlyList<double> Cosines { get; init; } = [];

    /// <summary>Share of rows on which it fires, or null when unknown.</summary>
    public double? FiringFrequency { get; init; }

    /// <summary>Found again in at least 95% of the others.</summary>
    public bool IsStable => Probability >= 0.95;

    /// <summary>Found again in at most 5% of the others.</summary>
    public bool IsUnstable => Probability <= 0.05;
}
