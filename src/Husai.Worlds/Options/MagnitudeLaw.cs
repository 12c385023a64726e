namespace Husai.Worlds.Options;

/// <summary>How a parameter of the magnitudes depends on the feature's rank.</summary>
internal enum MagnitudeLaw
{
    /// <summary>The same for all.</summary>
    Constant,

    /// <summary>Equal steps from start to end.</summary>
    Linear,

    /// <summary>Equal ratios from start to end.</summary>
    Exponential,

    /// <summary>The absolute value of a normal number, drawn once for each feature.</summary>
    FoldedNormal,
}
