using Husai.Explorer.Tables;
using Husai.Reporting.Data;
using Husai.Reporting.Figures;

namespace Husai.Explorer.Saes;

/// <summary>What an SAE's page shows.</summary>
public sealed record SaeModel
{
    /// <summary>Its name below the given folders.</summary>
    public required string Name { get; init; }

    /// <summary>The address of what it belongs to.</summary>
    public required (string Text, string Link) Above { get; init; }

    /// <summary>Numbers of its latents and its width.</summary>
    public required IReadOnlyList<NamedValue> Facts { get; init; }

    /// <summary>What its folder notes.</summary>
    public required IReadOnlyList<NamedValue> Metadata { get; init; }

    /// <summary>How often its latents fire; null where the folder does not say.</summary>
    public required ReportFigure? Firing { get; init; }

    /// <summary>What is looked for among its latents.</summary>
    public required LatentSearch Search { get; init; }

    /// <summary>Its latents, as far as they are what is looked for.</summary>
    public required TableModel Latents { get; init; }

    /// <summary>SAEs beside it, to compare with.</summary>
    public required IReadOnlyList<(string Text, string Link)> Pairs { get; init; }

    /// <summary>The address of its training's curves; null where there are none.</summary>
    public required string? CurvesLink { get; init; }

    /// <summary>What else the form of the search carries along.</summary>
    public required string Id { get; init; }
}
