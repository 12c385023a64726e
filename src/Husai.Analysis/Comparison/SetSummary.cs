namespace Husai.Analysis;

/// <summary>One set in a comparison.</summary>
/// <param name="Saes">Its dictionaries.</param>
/// <param name="Alive">Latents of each that take part.</param>
/// <param name="Within">Mean similarity within the set, with its jackknife interval over seeds.</param>
/// <param name="Chance">Its chance levels.</param>
/// <param name="Kappa">Its chance-corrected mean.</param>
public sealed record SetSummary(IReadOnlyList<string> Saes, IReadOnlyList<int> Alive, Interval Within, ChanceLevels Chance, Kappa Kappa);
