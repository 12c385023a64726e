namespace Husai.Reporting.Drawing;

/// <summary>How a line of text is set.</summary>
/// <param name="Size">Font size; 4 units are 1 mm.</param>
/// <param name="Anchor">Which point lies at the coordinates.</param>
/// <param name="Bold">Bold or not.</param>
/// <param name="Colour">Its colour.</param>
/// <param name="Rotation">Degrees clockwise about the coordinates.</param>
internal sealed record TextStyle(
    double Size = TextStyle.Normal, TextAnchor Anchor = TextAnchor.Start, bool Bold = false, string Colour = Palette.Ink,
    double Rotation = 0)
{
    /// <summary>Size of axis and legend text: 2.75 mm, about 8 points.</summary>
    public const double Normal = 11;

    /// <summary>Size of tick labels: 2.5 mm, about 7 points.</summary>
    public const double Small = 10;
}
