namespace Husai.Reporting.Drawing;

/// <summary>Which point of a line of text lies at its coordinates.</summary>
internal enum TextAnchor
{
    /// <summary>Its start.</summary>
    Start,

    /// <summary>Its middle.</summary>
    Middle,

    /// <summary>Its end.</summary>
    End,
}
