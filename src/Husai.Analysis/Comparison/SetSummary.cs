using Husai.Analysis.Stability;

namespace Husai.Analysis.Comparison;

/// <summary>One set in a comparison.</summary>
/// <param name="Name">What results call it.</param>
/// <param name="Saes">Its dictionaries.</param>
/// <param name="Alive">Latents of each that take part.</param>
/// <param name="Agreement">How far its seeds agree, with chance levels, kappa and verdict.</param>
public sealed record SetSummary(string Name, IReadOnlyList<string> Saes, IReadOnlyList<int> Alive, SeedSimilarity Agreement);
