using Husai.Autoencoders.Options;

namespace Husai.Autoencoders.Architectures;

/// <summary>What makes the codes of a training method sparse.</summary>
public enum SparsityKind
{
    /// <summary>The largest values are kept, <see cref="SaeOptions.K"/> of a row or of a mean row.</summary>
    Selection,

    /// <summary>The sum of the values costs <see cref="SaeOptions.L1Coefficient"/>.</summary>
    L1Penalty,

    /// <summary>The number of active latents costs <see cref="SaeOptions.L0Coefficient"/>.</summary>
    L0Penalty,
}
