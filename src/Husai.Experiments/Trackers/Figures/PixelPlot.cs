namespace Husai.Experiments;

/// <summary>A small figure with two axes, for trackers: the report has the same in better print.</summary>
internal sealed class PixelPlot
{
    private const int Width = 640;
    private const int Height = 400;
    private const int Left = 76;
    private const int Right = 16;
    private const int Top = 36;
    private const int Bottom = 48;
    private const int Ink = 0x333333;
    private const int Grid = 0xDDDDDD;

    // Told apart by the colour-blind too (Okabe and Ito).
    private static readonly int[] Colours = [0x0072B2, 0xD55E00, 0x009E73];

    private readonly PixelCanvas _canvas = new(Width, Height);
    private readonly PixelAxis _x;
    private readonly PixelAxis _y;
    private int _names;
    private int _nameEnd = Left;

    public PixelPlot(PixelAxis x, PixelAxis y)
    {
        (_x, _y) = (x, y);
        foreach (var (position, text) in y.Ticks())
        {
            _canvas.Fill(Left, Y(position), Width - Left - Right, 1, Grid);
            _canvas.Text(Left - 6 - text.Length * PixelCanvas.Advance, Y(position) - PixelCanvas.TextHeight / 2, text, Ink);
        }

        foreach (var (position, text) in x.Ticks())
        {
            _canvas.Fill(X(position), Height - Bottom, 1, 5, Ink);
            _canvas.Text(X(position) - text.Length * PixelCanvas.Advance / 2, Height - Bottom + 8, text, Ink);
        }

        _canvas.Fill(Left, Top, 1, Height - Top - Bottom, Ink);
        _canvas.Fill(Left, Height - Bottom, Width - Left - Right, 1, Ink);
        _canvas.Text(Left + (Width - Left - Right - x.Name.Length * PixelCanvas.Advance) / 2, Height - 18, x.Name, Ink);
        _canvas.Text(6, 10, y.Name, Ink);
        _nameEnd = Math.Max(Left, 6 + (y.Name.Length + 2) * PixelCanvas.Advance);
    }

    /// <summary>Joins points, in order of x; those that the axes cannot show are left out.</summary>
    public PixelPlot Curve(string name, IEnumerable<(double X, double Y)> points)
    {
        var colour = AddName(name);
        (int X, int Y)? last = null;
        foreach (var point in points.Where(point => _x.Shows(point.X) && _y.Shows(point.Y)))
        {
            var (x, y) = (X(_x.Position(point.X)), Y(_y.Position(point.Y)));
            _canvas.Line(last?.X ?? x, last?.Y ?? y, x, y, colour);
            last = (x, y);
        }

        return this;
    }

    /// <summary>Draws bars from the lower end of the y axis.</summary>
    public PixelPlot Bars(string name, IEnumerable<(double From, double To, double Value)> bars)
    {
        var colour = AddName(name);
        foreach (var bar in bars)
        {
            var (left, top) = (X(_x.Position(bar.From)) + 1, Y(_y.Position(bar.Value)));
            _canvas.Fill(left, top, Math.Max(X(_x.Position(bar.To)) - left - 1, 1), Height - Bottom - top, colour);
        }

        return this;
    }

    /// <summary>Hands the figure to a tracker.</summary>
    public void Log(ITracker tracker, long step, string name) => tracker.LogImage(step, name, _canvas.Encode());

    private int AddName(string name)
    {
        var colour = Colours[_names++ % Colours.Length];
        _canvas.Fill(_nameEnd, 10, PixelCanvas.TextHeight, PixelCanvas.TextHeight, colour);
        _canvas.Text(_nameEnd + PixelCanvas.TextHeight + 4, 10, name, Ink);
        _nameEnd += PixelCanvas.TextHeight + 4 + (name.Length + 2) * PixelCanvas.Advance;
        return colour;
    }

    private static int X(double position) => Left + (int)Math.Floor(position * (Width - Left - Right) + 0.5);

    private static int Y(double position) => Height - Bottom - (int)Math.Floor(position * (Height - Top - Bottom) + 0.5);
}
