namespace Husai.Reporting;

/// <summary>What the numbers of one configuration say.</summary>
/// <param name="Configuration">Its name.</param>
/// <param name="Reproducibility">Stability against the strongest chance level.</param>
/// <param name="Recovery">Agreement with the ground truth against the strongest chance level.</param>
/// <param name="Kappa">Chance-corrected stability, or null.</param>
/// <param name="Words">The same as a sentence.</param>
public sealed record ConfigurationVerdict(
    string Configuration, Reproducibility Reproducibility, Recovery Recovery, double? Kappa, string Words);
