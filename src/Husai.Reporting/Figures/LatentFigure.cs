using Husai.Analysis.Circuits;
using Husai.Experiments.Studies.Results;
using Husai.Reporting.Data;
using Husai.Reporting.Drawing;

namespace Husai.Reporting.Figures;

/// <summary>One latent over all pairs (a, b) with its spectrum, beside its matches in other seeds.</summary>
internal static class LatentFigure
{
    private const int MostColumns = 4;
    private const double Margin = 8;
    private const double Left = 30;
    private const double Gap = 14;
    private const double LeastShare = 0.004;
    private const double LargestDisc = 12;
    private static readonly TextStyle TickStyle = new(TextStyle.Small, TextAnchor.Middle, Colour: Palette.Axis);

    public static ReportFigure Create(LatentPortrait portrait, string id)
    {
        var maps = portrait.Maps.Take(MostColumns).Select(map => (Map: map, Spectrum: FrequencyPairs.Of([.. map.Activations], map.Size())))
            .ToArray();
        var title = $"{portrait.Title}: latent {portrait.Maps[0].Latent} of {portrait.Configuration}";
        var caption = "Top: activation on every pair (a, b), light for none, dark for the strongest. Bottom: the pairs of frequencies in "
            + "it, the area of a disc as its share of the power (from 0.4%; the largest is named); functions of a + b lie on the rising "
            + "diagonal, functions of a − b on the falling one."
            + (portrait.Maps.Count > MostColumns ? $" Shown: {MostColumns} of {portrait.Maps.Count} seeds; the data file has all." : "");
        var side = Math.Min(190, (FigureSize.Page - (2 * Margin) - Left - ((MostColumns - 1) * Gap)) / MostColumns);
        var width = maps.Length <= 2 ? FigureSize.Column : FigureSize.Page;
        var picture = new Picture(id, width, Margin + 32 + side + 46 + side + 34, title, caption, canvas =>
        {
            for (var column = 0; column < maps.Length; column++)
            {
                var x = Margin + Left + (column * (side + Gap));
                DrawMap(canvas, maps[column].Map, x, Margin + 32, side, column);
                DrawSpectrum(canvas, maps[column].Spectrum, x, Margin + 32 + side + 46, side, column == 0);
            }
        });
        return new ReportFigure(id, title, caption, picture, Table(portrait), Wide: width == FigureSize.Page);
    }

    private static void DrawMap(Canvas canvas, LatentMap map, double x, double y, double side, int column)
    {
        canvas.Text(x, y - 19, $"seed {map.Seed}, latent {map.Latent}", new TextStyle(Bold: true));
        canvas.Text(
            x, y - 6, column == 0 ? "the latent itself" : $"cosine {FigureNumbers.Fixed(map.Cosine, 3)}",
            new TextStyle(TextStyle.Small, Colour: Palette.Axis));
        var strongest = Math.Max(map.Activations.Max(), float.Epsilon);
        var png = ColourMap.Picture(
            map.Size(), map.Size(), (row, a) => map.Activations[(a * map.Size()) + map.Size() - 1 - row] / strongest);
        canvas.Image(x, y, side, side, png);
        canvas.Rectangle(x, y, side, side, "none", "frame", Palette.Axis);
        XTicks(canvas, x, y, side, side, Signed(map.Size() - 1), "a");
        YTicks(canvas, x, y, side, column == 0 ? [(y + side - 5, "0"), (y + 5, Signed(map.Size() - 1))] : [], "b");
    }

    private static void DrawSpectrum(Canvas canvas, FrequencyPairs spectrum, double x, double y, double side, bool first)
    {
        var half = spectrum.Highest;
        var (peakK, peakL) = spectrum.Peak();
        canvas.Text(
            x, y - 6, $"peak ({peakK}, {Signed(peakL)}), {FigureNumbers.Fixed(100 * spectrum[peakK, peakL], 0)}%",
            new TextStyle(TextStyle.Small, Colour: Palette.Axis));
        var area = new PlotArea(x, y, side, side, new LinearScale(-1, half + 1), new LinearScale(-half - 1, half + 1));
        canvas.Line(area.X(0), area.Y(0), area.X(half), area.Y(half), Palette.Grid);
        canvas.Line(area.X(0), area.Y(0), area.X(half), area.Y(-half), Palette.Grid);
        canvas.Line(area.X(0), area.Y(0), area.X(half), area.Y(0), Palette.Grid);
        canvas.Clip(x, y, side, side, () => DrawDiscs(canvas, spectrum, area));
        canvas.Rectangle(x, y, side, side, "none", "frame", Palette.Axis);
        XTicks(canvas, area.X(0), y, area.X(half) - area.X(0), side, FigureNumbers.Short(half), "frequency in a");
        YTicks(
            canvas, x, y, side, first ? [(area.Y(-half), Signed(-half)), (area.Y(0), "0"), (area.Y(half), Signed(half))] : [],
            "frequency in b");
    }

    private static void DrawDiscs(Canvas canvas, FrequencyPairs spectrum, PlotArea area)
    {
        for (var k = 0; k <= spectrum.Highest; k++)
        {
            for (var l = -spectrum.Highest; l <= spectrum.Highest; l++)
            {
                if (spectrum[k, l] >= LeastShare)
                {
                    canvas.Mark(
                        Marker.Circle, area.X(k), area.Y(l), LargestDisc * Math.Sqrt(spectrum[k, l]), Palette.Of(0).Colour, "disc", 0.85);
                }
            }
        }
    }

    private static void XTicks(Canvas canvas, double x, double y, double width, double side, string last, string label)
    {
        canvas.Text(x, y + side + 12, "0", TickStyle with { Anchor = TextAnchor.Start });
        canvas.Text(x + width, y + side + 12, last, TickStyle with { Anchor = TextAnchor.End });
        canvas.Text(x + (width / 2), y + side + 12, label, TickStyle with { Colour = Palette.Ink });
    }

    private static void YTicks(Canvas canvas, double x, double y, double side, (double Y, string Label)[] ticks, string label)
    {
        foreach (var (position, text) in ticks)
        {
            canvas.Text(x - 4, position + 3.6, text, TickStyle with { Anchor = TextAnchor.End });
        }

        if (ticks.Length > 0)
        {
            canvas.Text(x - 20, y + (side / 4), label, TickStyle with { Colour = Palette.Ink, Rotation = -90 });
        }
    }

    private static string Signed(int value) => FigureNumbers.Short(value).Replace('-', '\u2212');

    private static FigureTable Table(LatentPortrait portrait)
    {
        var table = new FigureTableBuilder(
            new("seed", "seed of the SAE"), new("latent", "index of the latent"), new("cosine", "cosine to the first latent"),
            new("a", "first operand"), new("b", "second operand"), new("activation", "activation of the latent"));
        foreach (var map in portrait.Maps)
        {
            for (var index = 0; index < map.Activations.Count; index++)
            {
                table.Add(map.Seed, map.Latent, map.Cosine, index / map.Size(), index % map.Size(), map.Activations[index]);
            }
        }

        return table.Build();
    }
}
