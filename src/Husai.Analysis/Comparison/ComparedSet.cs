using Husai.Analysis.Similarity;
using Husai.Analysis.Stability;

namespace Husai.Analysis.Comparison;

/// <summary>A set of dictionaries that differ only in their seed, to be compared with others.</summary>
/// <param name="Name">What results call it.</param>
/// <param name="Dictionaries">At least one.</param>
/// <param name="Agreement">How far they agree, where that is measured already under the comparison's similarity; else it is
/// measured.</param>
public sealed record ComparedSet(string Name, IReadOnlyList<LatentDictionary> Dictionaries, SeedSimilarity? Agreement = null);
