using Husai.Formats.Stores;
using Husai.Numerics.Matrices;

namespace Husai.Analysis.Latents;

/// <summary>Rows of activations in their order, with where each comes from. There may be more of them than an array can hold.</summary>
internal interface ITracedRows
{
    /// <summary>Number of rows.</summary>
    long Rows { get; }

    /// <summary>Values for each row.</summary>
    int Width { get; }

    /// <summary>Whether the rows are those of tokens; if not, each is a document of its own.</summary>
    bool HasTokens { get; }

    /// <summary>Copies consecutive rows.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="destination">Receives as many rows as it has; [count, <see cref="Width"/>].</param>
    void CopyTo(long first, Matrix destination);

    /// <summary>Says where consecutive rows come from.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="tokens">Receives as many as it holds.</param>
    void CopyTokensTo(long first, Span<StoredToken> tokens);
}
