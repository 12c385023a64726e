using System.ComponentModel;

namespace Husai.Reporting.Data;

/// <summary>Activations of which no truth is known: a site of a network, or the user's own.</summary>
public sealed record ActivationsSummary
{
    /// <summary>The network, or the name that the study gives them.</summary>
    [Description("The network, or the name that the study gives them.")]
    public required string Name { get; init; }

    /// <summary>The site.</summary>
    [Description("The site.")]
    public required string Site { get; init; }

    /// <summary>Number of rows.</summary>
    [Description("Number of rows.")]
    public required int Rows { get; init; }

    /// <summary>Values of a row.</summary>
    [Description("Values of a row.")]
    public required int Width { get; init; }

    /// <summary>exp of the entropy of the singular values of the centred activations.</summary>
    [Description("Effective rank of the activations.")]
    public required double EffectiveRank { get; init; }

    /// <summary>The store's hash, or that of the file's values.</summary>
    [Description("Hash of the store, or of the file's values.")]
    public required string Hash { get; init; }
}
