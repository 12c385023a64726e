using System.Globalization;
using Husai.Formats.Images;

namespace Husai.Reporting.Drawing;

/// <summary>Sequential colours from light to dark; their lightness falls evenly, so a grey print keeps the order.</summary>
internal static class ColourMap
{
    private static readonly (int Red, int Green, int Blue)[] Stops =
    [
        (0xf7, 0xfb, 0xff), (0xd3, 0xe3, 0xf1), (0xa3, 0xc9, 0xdf), (0x66, 0xa8, 0xc9), (0x35, 0x80, 0xae), (0x17, 0x54, 0x8a),
        (0x0a, 0x2a, 0x55),
    ];

    /// <summary>Red, green and blue at a position from 0 (lightest) to 1 (darkest).</summary>
    public static (byte Red, byte Green, byte Blue) At(double position)
    {
        var scaled = Math.Clamp(double.IsFinite(position) ? position : 0, 0, 1) * (Stops.Length - 1);
        var first = Math.Min((int)scaled, Stops.Length - 2);
        var share = scaled - first;
        return (
            Mix(Stops[first].Red, Stops[first + 1].Red, share),
            Mix(Stops[first].Green, Stops[first + 1].Green, share),
            Mix(Stops[first].Blue, Stops[first + 1].Blue, share));
    }

    /// <summary>Encodes a picture in 256 shades of the map as PNG.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="position">Position in the map at (row, column), from 0 to 1.</param>
    public static byte[] Picture(int width, int height, Func<int, int, double> position)
    {
        var indices = new byte[width * height];
        for (var index = 0; index < indices.Length; index++)
        {
            indices[index] = (byte)((Math.Clamp(position(index / width, index % width), 0, 1) * 255) + 0.5);
        }

        var shades = Enumerable.Range(0, 256).Select(shade => At(shade / 255.0));
        return PngWriter.EncodeIndexed(
            width, height, indices, [.. shades.SelectMany(shade => (byte[])[shade.Red, shade.Green, shade.Blue])]);
    }

    /// <summary>The same as <c>#rrggbb</c>.</summary>
    public static string Hex(double position)
    {
        var (red, green, blue) = At(position);
        return string.Create(CultureInfo.InvariantCulture, $"#{red:x2}{green:x2}{blue:x2}");
    }

    /// <summary>Colour of text that can be read on this colour.</summary>
    public static string TextOn(double position) => position > 0.62 ? "#ffffff" : Palette.Ink;

    private static byte Mix(int first, int second, double share) => (byte)Math.Floor(first + ((second - first) * share) + 0.5);
}
