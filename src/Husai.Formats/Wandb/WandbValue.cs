using System.Globalization;
using System.Text.Json.Nodes;
using Husai.Formats.Histograms;

namespace Husai.Formats.Wandb;

/// <summary>A value in the history or the summary of a W&amp;B run.</summary>
internal sealed class WandbValue
{
    internal WandbValue(string json) => Json = json;

    /// <summary>JSON, but for the bare words NaN, Infinity and -Infinity, which W&amp;B reads too.</summary>
    internal string Json { get; }

    /// <summary>A number; it may be NaN or infinite.</summary>
    public static implicit operator WandbValue(double value) => FromDouble(value);

    /// <summary>A number; it may be NaN or infinite.</summary>
    public static WandbValue FromDouble(double value) => new(Print(value));

    /// <summary>A text.</summary>
    public static WandbValue FromText(string text) => new(Quote(text));

    /// <summary>A distribution.</summary>
    public static WandbValue FromHistogram(Histogram histogram)
    {
        ArgumentNullException.ThrowIfNull(histogram);
        var counts = string.Join(',', histogram.Counts);
        var edges = string.Join(',', histogram.Edges.Select(Print));
        return new($$"""{"_type":"histogram","values":[{{counts}}],"bins":[{{edges}}]}""");
    }

    internal static string Quote(string text) => JsonValue.Create(text).ToJsonString();

    internal static string Print(double value) => value switch
    {
        double.PositiveInfinity => "Infinity",
        double.NegativeInfinity => "-Infinity",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
