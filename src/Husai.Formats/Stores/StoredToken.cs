namespace Husai.Formats.Stores;

/// <summary>Where a row of a store comes from.</summary>
/// <param name="Id">The token; -1 where the row stands for a whole context.</param>
/// <param name="Context">The number of the context that the network read it in.</param>
/// <param name="Document">The number of its document; -1 for a special token.</param>
/// <param name="Offset">Where the document begins in the corpus, in bytes of text or elements of an array; -1 for a special token.</param>
/// <param name="Position">Which token of the document it is, from 0 on; -1 for a special token and a whole context.</param>
internal readonly record struct StoredToken(int Id, long Context, long Document, long Offset, int Position);
