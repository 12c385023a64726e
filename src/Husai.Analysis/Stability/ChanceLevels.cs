using Husai.Analysis.Chance;

namespace Husai.Analysis.Stability;

/// <summary>
/// What a similarity comes to without agreement between the seeds. Kappa and verdict read <see cref="SameShape"/> and <see cref="Turned"/>;
/// the others stand beside.
/// </summary>
public sealed record ChanceLevels
{
    /// <summary>
    /// Two random dictionaries of the same shape: as many directions with the same second moments, corrected for the loss from their being
    /// estimated.
    /// </summary>
    public required ChanceLevel SameShape { get; init; }

    /// <summary>The same without the correction.</summary>
    public required ChanceLevel SameShapeUncorrected { get; init; }

    /// <summary>
    /// The dictionaries themselves, each turned within the activations' principal directions; null when not asked for, or without
    /// activations for two dictionaries.
    /// </summary>
    public ChanceLevel? Turned { get; init; }

    /// <summary>Isotropic directions.</summary>
    public ChanceLevel? Isotropic { get; init; }

    /// <summary>The nearest other latent within one dictionary.</summary>
    public ChanceLevel? OwnNeighbour { get; init; }

    /// <summary>The dictionaries at step 0 of their training, the same latents; null when that is not known of all.</summary>
    public ChanceLevel? Untrained { get; init; }

    /// <summary>Directions drawn like the activations; null without them. It says how data vary, not how decoder rows lie.</summary>
    public ChanceLevel? Activations { get; init; }
}
