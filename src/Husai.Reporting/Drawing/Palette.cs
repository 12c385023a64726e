namespace Husai.Reporting.Drawing;

/// <summary>
/// Colours of the figures. Series differ in lightness, dash and marker, so they can be told apart in grey; the hues are safe for the common
/// forms of colour blindness.
/// </summary>
internal static class Palette
{
    /// <summary>Text and strong lines.</summary>
    public const string Ink = "#1c2330";

    /// <summary>Axes and ticks.</summary>
    public const string Axis = "#5b6472";

    /// <summary>Grid lines.</summary>
    public const string Grid = "#e3e6ea";

    /// <summary>The level that kappa is corrected for.</summary>
    public const string Chance = "#b3261e";

    /// <summary>The level of turned dictionaries.</summary>
    public const string TurnedChance = "#7d3c8c";

    /// <summary>The isotropic level.</summary>
    public const string WeakChance = "#8a8f98";

    /// <summary>Bars of a histogram.</summary>
    public const string Bar = "#9db4cc";

    private static readonly SeriesStyle[] Series =
    [
        new("#16325c", "", Marker.Circle),
        new("#d1702a", "7 3", Marker.Square),
        new("#2f8177", "2 2.5", Marker.Triangle),
        new("#7d3c8c", "8 2.5 2 2.5", Marker.Diamond),
        new("#a8a02c", "12 3", Marker.Cross),
        new("#6f9fd0", "4 2 1 2 1 2", Marker.Plus),
    ];

    /// <summary>Number of series that can be told apart.</summary>
    public static int SeriesCount => Series.Length;

    /// <summary>The style of a series.</summary>
    public static SeriesStyle Of(int series) => Series[series % Series.Length];
}
