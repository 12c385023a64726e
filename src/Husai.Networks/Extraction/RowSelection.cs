namespace Husai.Networks.Extraction;

/// <summary>Which tokens of a context have a row.</summary>
public enum RowSelection
{
    /// <summary>The tokens of text, without special ones.</summary>
    Text,

    /// <summary>All tokens, special ones included.</summary>
    All,

    /// <summary>The last token of text.</summary>
    Last,

    /// <summary>One row for each context: the mean of all its tokens, special ones included.</summary>
    Pooled,
}
