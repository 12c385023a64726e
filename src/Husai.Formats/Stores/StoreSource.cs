namespace Husai.Formats.Stores;

/// <summary>What the activations of a store are, as far as it is known: of which tensor of which network, on which text.</summary>
internal sealed record StoreSource
{
    /// <summary>File name of the network.</summary>
    public string? Model { get; init; }

    /// <summary>SHA-256 of the network's file.</summary>
    public string? ModelHash { get; init; }

    /// <summary>Name of the tensor.</summary>
    public string? Tensor { get; init; }

    /// <summary>Its kind, such as <c>resid_post</c>.</summary>
    public string? Site { get; init; }

    /// <summary>Its block, from 0 on.</summary>
    public int? Layer { get; init; }

    /// <summary>What ran the network, with its version.</summary>
    public string? Runtime { get; init; }

    /// <summary>How text was split into tokens.</summary>
    public string? Tokenizer { get; init; }

    /// <summary>SHA-256 of the tokenizer's files.</summary>
    public string? TokenizerHash { get; init; }

    /// <summary>File name of the text.</summary>
    public string? Corpus { get; init; }

    /// <summary>SHA-256 of the text's file.</summary>
    public string? CorpusHash { get; init; }

    /// <summary>How the text was cut into documents, such as <c>lines</c>.</summary>
    public string? Documents { get; init; }

    /// <summary>Most tokens of a context.</summary>
    public int? ContextLength { get; init; }

    /// <summary>Whether documents follow each other in a context.</summary>
    public bool? Packed { get; init; }

    /// <summary>Which tokens have a row: <c>text</c>, <c>all</c>, <c>last</c> or <c>pooled</c>.</summary>
    public string? Rows { get; init; }

    /// <summary>Contexts that the network read at once.</summary>
    public int? Batch { get; init; }

    /// <summary>Number of rows after which reading stopped; null where all of the text was read.</summary>
    public long? MostRows { get; init; }
}
