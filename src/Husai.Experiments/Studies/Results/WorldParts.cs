using Husai.Experiments.Studies.Configuration;

namespace Husai.Experiments.Studies.Results;

/// <summary>One world of a study.</summary>
/// <param name="Options">The world.</param>
/// <param name="Result">What it is, or null.</param>
/// <param name="Comparison">All SAEs against each other, or null.</param>
/// <param name="Configurations">The configurations of SAEs.</param>
internal sealed record WorldResults(
    StudyWorld Options, WorldResult? Result, ComparisonResult? Comparison, IReadOnlyList<ConfigurationResults> Configurations)
{
    /// <summary>What stands in place of a site.</summary>
    public const string Site = "samples";
}
