namespace Husai.Reporting.Drawing;

/// <summary>How a series is drawn.</summary>
/// <param name="Colour">Colour of its lines and marks.</param>
/// <param name="Dash">Dash pattern of its lines, or empty.</param>
/// <param name="Marker">Its mark.</param>
internal sealed record SeriesStyle(string Colour, string Dash, Marker Marker);
