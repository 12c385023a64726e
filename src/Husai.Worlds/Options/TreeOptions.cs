using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Husai.Worlds.Options;

/// <summary>Trees of features, in which a child fires only where its parent does.</summary>
internal sealed record TreeOptions : IValidatableObject
{
    /// <summary>Number of trees; 0 for none.</summary>
    [Description("Number of trees; 0 for none")]
    [Range(0, 1 << 24)]
    public int Roots { get; init; }

    /// <summary>Children of a parent.</summary>
    [Description("Children of a parent; with most_children, at least")]
    [Range(1, 1 << 20)]
    public int Children { get; init; } = 4;

    /// <summary>Children of a parent at most, uniformly from <see cref="Children"/> on; the same for all if null.</summary>
    [Description("Children of a parent at most, drawn uniformly; the same for all if not given")]
    [Range(1, 1 << 20)]
    public int? MostChildren { get; init; }

    /// <summary>Depth of the deepest features; roots have depth 0.</summary>
    [Description("Depth of the deepest features; roots have depth 0")]
    [Range(0, 64)]
    public int MaxDepth { get; init; } = 3;

    /// <summary>Share of the eligible parents whose children exclude each other.</summary>
    [Description("Share of the eligible parents of whose children only one fires at a time")]
    [Range(0.0, 1.0)]
    public double ExclusiveShare { get; init; }

    /// <summary>Depth from which on parents are eligible.</summary>
    [Description("Depth from which on parents are eligible for exclusive children")]
    [Range(0, 64)]
    public int ExclusiveFromDepth { get; init; }

    /// <summary>Depth up to which parents are eligible; no limit if null.</summary>
    [Description("Depth up to which parents are eligible for exclusive children; no limit if not given")]
    [Range(0, 64)]
    public int? ExclusiveToDepth { get; init; }

    /// <summary>Whether a child fires oftener on its own, so that its gated rate comes near its base probability.</summary>
    [Description("Let children fire oftener on their own, so that what their parents leave comes near the base probability")]
    public bool CompensateProbabilities { get; init; }

    /// <summary>Whether a child's magnitude is multiplied by its parent's, relative to the parent's mean.</summary>
    [Description("Multiply a child's magnitude by its parent's, relative to the parent's mean")]
    public bool ScaleByParent { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MostChildren < Children)
        {
            yield return new ValidationResult("most_children is below children", [nameof(MostChildren)]);
        }

        if (ExclusiveToDepth < ExclusiveFromDepth)
        {
            yield return new ValidationResult("exclusive_to_depth is below exclusive_from_depth", [nameof(ExclusiveToDepth)]);
        }
    }
}
