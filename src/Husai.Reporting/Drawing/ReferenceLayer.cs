namespace Husai.Reporting.Drawing;

/// <summary>A line across the plot at one value, such as a chance level.</summary>
internal sealed class ReferenceLayer(string name, double value, SeriesStyle style, bool vertical = false) : Layer
{
    /// <summary>The level that kappa is corrected for.</summary>
    public static SeriesStyle SameShape { get; } = new(Palette.Chance, "6 2", Marker.Diamond);

    /// <summary>The level of turned dictionaries, or a reference.</summary>
    public static SeriesStyle Turned { get; } = new(Palette.TurnedChance, "7 2 1.5 2", Marker.Triangle);

    public static SeriesStyle Isotropic { get; } = new(Palette.WeakChance, "1.5 2.5", Marker.Square);

    public override LegendEntry? Legend => name.Length == 0 ? null : LegendEntry.Line(name, style, marked: false, 1.4);

    public override void Draw(Canvas canvas, PlotArea area)
    {
        if (vertical && area.XScale.Shows(value))
        {
            canvas.Line(area.X(value), area.Top, area.X(value), area.Bottom, style.Colour, 1.4, style.Dash, "reference");
        }
        else if (!vertical && area.YScale.Shows(value))
        {
            canvas.Line(area.Left, area.Y(value), area.Right, area.Y(value), style.Colour, 1.4, style.Dash, "reference");
        }
    }
}
