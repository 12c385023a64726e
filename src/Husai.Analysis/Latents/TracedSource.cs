using Husai.Autoencoders.Activations;
using Husai.Formats.Stores;
using Husai.Numerics.Matrices;

namespace Husai.Analysis.Latents;

/// <summary>Rows of which nothing but the number is known.</summary>
/// <param name="source">The activations.</param>
internal sealed class TracedSource(IActivationSource source) : ITracedRows
{
    /// <inheritdoc/>
    public long Rows => source.Rows;

    /// <inheritdoc/>
    public int Width => source.Width;

    /// <inheritdoc/>
    public bool HasTokens => false;

    /// <inheritdoc/>
    /// <exception cref="NonFiniteActivationsException">The rows hold a value that is not finite.</exception>
    public void CopyTo(long first, Matrix destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        int[] rows = [.. Enumerable.Range((int)first, destination.Rows)];
        source.CopyRows(rows, destination);
        NonFiniteActivationsException.ThrowIfAny(destination, rows);
    }

    /// <inheritdoc/>
    public void CopyTokensTo(long first, Span<StoredToken> tokens)
    {
        for (var index = 0; index < tokens.Length; index++)
        {
            tokens[index] = new StoredToken(-1, first + index, first + index, -1, -1);
        }
    }
}
