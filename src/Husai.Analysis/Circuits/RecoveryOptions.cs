using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Husai.Analysis.Circuits;

/// <summary>How recovery of the circuit is measured.</summary>
internal sealed record RecoveryOptions
{
    /// <summary>Random directions behind each null of single directions. Default: 4096.</summary>
    [Description("Random directions behind each null of single directions.")]
    [Range(100, 1_000_000)]
    public int NullDirections { get; init; } = 4096;

    /// <summary>Times that the span of the planes is cut into other planes, the chance level of directions. Default: 200.</summary>
    [Description("Times that the span of the planes is cut into other planes, the chance level of directions.")]
    [Range(20, 10_000)]
    public int OtherPlanes { get; init; } = 200;

    /// <summary>Random dictionaries behind the level of the match with the answers. Default: 8.</summary>
    [Description("Random dictionaries behind the level of the match with the answers.")]
    [Range(2, 10_000)]
    public int NullDraws { get; init; } = 8;

    /// <summary>Seed of the nulls. Default: 0.</summary>
    [Description("Seed of the nulls.")]
    public ulong Seed { get; init; }

    /// <summary>A latent that fires on a smaller share of the inputs is dead. Default: 1e-5.</summary>
    [Description("A latent that fires on a smaller share of the inputs is dead.")]
    [Range(0.0, 1.0)]
    public double DeadThreshold { get; init; } = 1e-5;

    /// <summary>Numbers of latents of the sparse probes. Default: 1, 2, 4, 8.</summary>
    [Description("Numbers of latents of the sparse probes.")]
    [Range(1, 1024)]
    [MinLength(1, ErrorMessage = "{0} must have at least one number")]
    public IReadOnlyList<int> ProbeLatents { get; init; } = [1, 2, 4, 8];
}
