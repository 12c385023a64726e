using Husai.Analysis.Options;

namespace Husai.Analysis.Similarity;

/// <summary>What counts as similar: the cosine itself, or its absolute value.</summary>
public enum CosineMeasure
{
    /// <summary>The cosine: a direction and its opposite are as unlike as can be. Right for latents that are never negative.</summary>
    Signed,

    /// <summary>The absolute cosine: a direction and its opposite are the same.</summary>
    [OptionName("abs", "absolute")]
    Absolute,
}
