using Husai.Formats.Stores;
using Husai.Networks.Running;

namespace Husai.Networks.Extraction;

/// <summary>How activations are extracted.</summary>
public sealed record ExtractionOptions
{
    /// <summary>Most tokens of a context, special ones included.</summary>
    public int ContextLength { get; init; } = 128;

    /// <summary>Whether documents follow each other in full contexts; else each has one of its own.</summary>
    public bool IsPacked { get; init; }

    /// <summary>Which tokens have a row.</summary>
    public RowSelection Rows { get; init; }

    /// <summary>Contexts that the network reads at once.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>Number of rows to stop after; null for all.</summary>
    public long? MostRows { get; init; }

    /// <summary>How values are kept.</summary>
    public StoreType Type { get; init; }

    /// <summary>What the network runs on.</summary>
    public ExecutionProvider Provider { get; init; }

    /// <summary>Rows of a shard; null for shards of 64 MiB.</summary>
    public int? RowsPerShard { get; init; }
}
