using System.ComponentModel;

namespace Husai.Experiments.Studies.Configuration;

/// <summary>Two configurations whose stability is compared.</summary>
internal sealed record StudyComparison
{
    /// <summary>Name of the first.</summary>
    [Description("Name of the first configuration")]
    public required string First { get; init; }

    /// <summary>Name of the second.</summary>
    [Description("Name of the second configuration")]
    public required string Second { get; init; }
}
