using Husai.Experiments.Studies.Configuration;

namespace Husai.Experiments.Studies.Results;

/// <summary>Activations of a study of which no truth is known.</summary>
/// <param name="Source">What they are of: the network, or the name of the user's own.</param>
/// <param name="Site">The site.</param>
/// <param name="Activations">What they are, or null.</param>
/// <param name="Comparison">All SAEs against each other, or null.</param>
/// <param name="Configurations">The configurations of SAEs.</param>
/// <param name="Control">What kind of control the network is; null for others.</param>
internal sealed record StoredActivationsResults(
    string Source, string Site, SiteResult? Activations, ComparisonResult? Comparison,
    IReadOnlyList<ConfigurationResults> Configurations, StudyControl? Control = null);
