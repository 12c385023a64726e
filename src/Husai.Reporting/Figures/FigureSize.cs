namespace Husai.Reporting.Figures;

/// <summary>Sizes of figures in quarters of a millimetre.</summary>
internal static class FigureSize
{
    /// <summary>One column of a page: 120 mm.</summary>
    public const double Column = 480;

    /// <summary>The full width of a page: 180 mm.</summary>
    public const double Page = 720;

    /// <summary>Plots in a row when each configuration has its own.</summary>
    public static int Columns(int panels) => panels is 1 or 2 or 4 ? Math.Min(2, panels) : 3;
}
