namespace Husai.Reporting.Drawing;

/// <summary>Where the corners and strokes of marks lie. A circle has neither.</summary>
internal static class MarkerShape
{
    /// <summary>Corners of a mark with an area, in the order of its outline; none for other marks.</summary>
    public static (double X, double Y)[] Corners(Marker marker, double x, double y, double radius) => marker switch
    {
        Marker.Square =>
        [
            (x - (.88 * radius), y - (.88 * radius)), (x + (.88 * radius), y - (.88 * radius)),
            (x + (.88 * radius), y + (.88 * radius)), (x - (.88 * radius), y + (.88 * radius)),
        ],
        Marker.Triangle => [(x, y - (1.2 * radius)), (x + (1.1 * radius), y + (.8 * radius)), (x - (1.1 * radius), y + (.8 * radius))],
        Marker.Diamond => [(x, y - (1.3 * radius)), (x + (1.3 * radius), y), (x, y + (1.3 * radius)), (x - (1.3 * radius), y)],
        _ => [],
    };

    /// <summary>Ends of the strokes of a mark without an area; none for other marks.</summary>
    public static ((double X, double Y) From, (double X, double Y) To)[] Strokes(Marker marker, double x, double y, double radius) =>
        marker switch
        {
            Marker.Cross =>
            [
                ((x - radius, y - radius), (x + radius, y + radius)),
                ((x - radius, y + radius), (x + radius, y - radius)),
            ],
            Marker.Plus =>
            [
                ((x - (1.2 * radius), y), (x + (1.2 * radius), y)),
                ((x, y - (1.2 * radius)), (x, y + (1.2 * radius))),
            ],
            _ => [],
        };
}
