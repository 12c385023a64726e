namespace Husai.Formats;

/// <summary>An image as a PNG file, encoded once for all who keep it.</summary>
public sealed class PngImage
{
    private PngImage(int width, int height, int channels, byte[] file) => (Width, Height, Channels, File) = (width, height, channels, file);

    /// <summary>Pixels per row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Channels of a pixel once it is decoded: 1 (grey), 3 (RGB) or 4 (RGBA).</summary>
    public int Channels { get; }

    /// <summary>The content of a .png file.</summary>
    public ReadOnlyMemory<byte> File { get; }

    /// <summary>Encodes an image with 8 bits per channel.</summary>
    /// <param name="width">Pixels per row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="pixels">Row after row from the top: one byte per pixel (grey), three (RGB) or four (RGBA).</param>
    /// <exception cref="ArgumentException">The pixels do not fill the image with 1, 3 or 4 bytes each.</exception>
    public static PngImage Encode(int width, int height, ReadOnlySpan<byte> pixels) =>
        new(width, height, (int)(pixels.Length / Math.Max(1, (long)width * height)), PngWriter.Encode(width, height, pixels));

    /// <summary>Encodes an image of at most 256 colours.</summary>
    /// <param name="width">Pixels per row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="indices">Row after row from the top: the place of each pixel's colour in the palette.</param>
    /// <param name="palette">The colours: red, green and blue of each.</param>
    /// <exception cref="ArgumentException">
    /// There are not as many indices as pixels, the palette is not 1 to 256 triples, or an index points behind it.
    /// </exception>
    public static PngImage EncodeIndexed(int width, int height, ReadOnlySpan<byte> indices, ReadOnlySpan<byte> palette) =>
        new(width, height, 3, PngWriter.EncodeIndexed(width, height, indices, palette));
}
