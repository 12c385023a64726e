namespace Husai.Reporting.Drawing;

/// <summary>Marks that stay apart without colour.</summary>
internal enum Marker
{
    /// <summary>A disc.</summary>
    Circle,

    /// <summary>A square.</summary>
    Square,

    /// <summary>A triangle.</summary>
    Triangle,

    /// <summary>A square on its corner.</summary>
    Diamond,

    /// <summary>Two diagonal strokes.</summary>
    Cross,

    /// <summary>Two straight strokes.</summary>
    Plus,
}
