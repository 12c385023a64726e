using Husai.Formats.Stores;
using Husai.Numerics.Matrices;

namespace Husai.Analysis.Latents;

/// <summary>The rows of a store, read from front to back.</summary>
/// <param name="store">The open store; the caller disposes it.</param>
/// <remarks>For one thread at a time.</remarks>
internal sealed class TracedStore(ActivationStore store) : ITracedRows
{
    // Of two shards: an excerpt may lie across their boundary.
    private readonly (int Shard, IReadOnlyList<StoredToken> Tokens)[] _shards = [(-1, []), (-1, [])];

    /// <inheritdoc/>
    public long Rows => store.Rows;

    /// <inheritdoc/>
    public int Width => store.Width;

    /// <inheritdoc/>
    public bool HasTokens => true;

    /// <inheritdoc/>
    public void CopyTo(long first, Matrix destination) => store.CopyTo(first, destination);

    /// <inheritdoc/>
    public void CopyTokensTo(long first, Span<StoredToken> tokens)
    {
        for (var index = 0; index < tokens.Length; index++)
        {
            var (shard, row) = Math.DivRem(first + index, store.Description.RowsPerShard);
            tokens[index] = TokensOf((int)shard)[(int)row];
        }
    }

    private IReadOnlyList<StoredToken> TokensOf(int shard)
    {
        ref var kept = ref _shards[shard % 2];
        if (kept.Shard != shard)
        {
            kept = (shard, store.ReadTokens(shard));
        }

        return kept.Tokens;
    }
}
