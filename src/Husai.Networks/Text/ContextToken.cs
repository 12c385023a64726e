namespace Husai.Networks.Text;

/// <summary>A token of a context, with its place in the corpus.</summary>
/// <param name="Id">The token.</param>
/// <param name="Document">The number of its document; -1 for a special token.</param>
/// <param name="Offset">Where its document begins in the corpus; -1 for a special token.</param>
/// <param name="Position">Which token of its document it is, from 0 on; -1 for a special token.</param>
internal readonly record struct ContextToken(int Id, long Document, long Offset, int Position)
{
    /// <summary>A token that stands for no text.</summary>
    public static ContextToken Special(int id) => new(id, -1, -1, -1);

    /// <summary>Whether it stands for no text.</summary>
    public bool IsSpecial => Document < 0;
}
