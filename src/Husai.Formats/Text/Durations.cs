using System.Globalization;

namespace Husai.Formats.Text;

/// <summary>Durations in words and on a clock.</summary>
internal static class Durations
{
    /// <summary>An estimate, such as <c>40 s</c>, <c>12 min</c> or <c>3.5 h</c>.</summary>
    public static string Estimate(double seconds) => seconds switch
    {
        < 90 => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(seconds):0} s"),
        < 5400 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0.0} h"),
    };

    /// <summary>As a clock shows it, such as <c>0:40</c> or <c>3:30:00</c>, without parts of a second.</summary>
    public static string Clock(TimeSpan time) => time.TotalHours < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}");
}
