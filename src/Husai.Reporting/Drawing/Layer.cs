namespace Husai.Reporting.Drawing;

/// <summary>Something drawn into a plot.</summary>
internal abstract class Layer
{
    /// <summary>Its line in the legend, or null.</summary>
    public virtual LegendEntry? Legend => null;

    /// <summary>Draws it.</summary>
    public abstract void Draw(Canvas canvas, PlotArea area);
}
