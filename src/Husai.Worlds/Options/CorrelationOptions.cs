using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Husai.Worlds.Options;

/// <summary>Correlation of what fires, through a few normal factors that all features share.</summary>
internal sealed record CorrelationOptions
{
    /// <summary>Number of factors; 0 for independent features.</summary>
    [Description("Number of shared factors; 0 for independent features")]
    [Range(0, 4096)]
    public int Rank { get; init; }

    /// <summary>Standard deviation of a loading.</summary>
    [Description("Standard deviation of a loading; rms correlation is its square times the root of the rank")]
    [Range(0.0, 1.0)]
    public double Scale { get; init; } = 0.1;
}
