namespace Husai.Reporting.Tests.Figures;

/// <summary>A rectangle on a picture.</summary>
internal sealed record Box(double Left, double Top, double Right, double Bottom, string Label)
{
    public bool Overlaps(Box other) =>
        Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;

    public bool Within(double width, double height) => Left >= -0.5 && Top >= -0.5 && Right <= width + 0.5 && Bottom <= height + 0.5;
}
