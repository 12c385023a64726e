namespace Husai.Reporting.Figures;

/// <summary>Sizes of figures in quarters of a millimetre.</summary>
internal static class FigureSize
{
    /// <summary>One column of a page: 120 mm.</summary>
    public const double Column = 480;

    /// <summary>The full width of a page: 180 mm.</summary>
    public const double Page = 720;

    /// <summary>Width of a figure with so many plots in a row.</summary>
    public static double WidthOf(int columns) => columns == 1 ? Column : Page;

    /// <summary>Height of a plot of which so many stand in a row.</summary>
    public static double HeightOf(int columns) => columns == 3 ? 160 : 220;

    /// <summary>Plots in a row when each configuration has its own.</summary>
    public static int Columns(int panels) => panels is 1 or 2 or 4 ? Math.Min(2, panels) : 3;
}
