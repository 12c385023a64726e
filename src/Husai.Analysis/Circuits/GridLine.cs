namespace Husai.Analysis.Circuits;

/// <summary>The quantity modulo p along which a wave over the inputs (a, b) runs.</summary>
public enum GridLine
{
    /// <summary>a.</summary>
    First,

    /// <summary>b.</summary>
    Second,

    /// <summary>a + b.</summary>
    Sum,

    /// <summary>a - b.</summary>
    Difference,
}
