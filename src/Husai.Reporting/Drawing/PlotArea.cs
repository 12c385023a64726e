namespace Husai.Reporting.Drawing;

/// <summary>The rectangle that data are drawn in, with its two scales.</summary>
internal sealed record PlotArea(double Left, double Top, double Width, double Height, Scale XScale, Scale YScale)
{
    public double Right => Left + Width;

    public double Bottom => Top + Height;

    public double X(double value) => Left + (XScale.Position(value) * Width);

    public double Y(double value) => Bottom - (YScale.Position(value) * Height);

    public bool Shows(double x, double y) => XScale.Shows(x) && YScale.Shows(y);
}
