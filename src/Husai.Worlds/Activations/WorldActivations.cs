using Husai.Autoencoders.Activations;
using Husai.Numerics.Matrices;
using Husai.Worlds.Sampling;

namespace Husai.Worlds.Activations;

/// <summary>Samples of a world as activations: drawn when they are read, stored nowhere.</summary>
internal sealed class WorldActivations : IActivationSource
{
    private readonly WorldSampler _sampler;

    /// <summary>The first samples of a sampler.</summary>
    /// <param name="sampler">Draws them.</param>
    /// <param name="rows">How many, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rows"/> is negative.</exception>
    public WorldActivations(WorldSampler sampler, int rows)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        (_sampler, Rows) = (sampler, rows);
    }

    /// <inheritdoc/>
    public int Rows { get; }

    /// <inheritdoc/>
    public int Width => _sampler.World.Width;

    /// <inheritdoc/>
    public void CopyRows(ReadOnlySpan<int> rows, Matrix destination) => _sampler.CopyHidden(rows, destination);
}
