using Husai.Explorer.Tables;
using Husai.Reporting.Data;
using Husai.Reporting.Figures;

namespace Husai.Explorer.Saes;

/// <summary>What the page of two SAEs shows.</summary>
public sealed record PairModel
{
    /// <summary>The first SAE and its address.</summary>
    public required (string Text, string Link) First { get; init; }

    /// <summary>The second SAE and its address.</summary>
    public required (string Text, string Link) Second { get; init; }

    /// <summary>What they belong to, with the address.</summary>
    public required (string Text, string Link) Above { get; init; }

    /// <summary>The address of the second against the first.</summary>
    public required string Reverse { get; init; }

    /// <summary>Similarity, its chance level and the numbers of latents; empty while they are computed.</summary>
    public IReadOnlyList<NamedValue> Facts { get; init; } = [];

    /// <summary>All, matched or unmatched latents, with the addresses; that of what is shown is null.</summary>
    public IReadOnlyList<(string Text, string? Link)> Choices { get; init; } = [];

    /// <summary>Cosine and firing frequencies; null while they are computed.</summary>
    public ReportFigure? Figure { get; init; }

    /// <summary>The latents of the first with their best matches; null while they are computed.</summary>
    public TableModel? Latents { get; init; }
}
