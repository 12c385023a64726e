using System.Buffers;
using Husai.Formats;

namespace Husai.Experiments;

/// <summary>An image to draw on, white at first.</summary>
/// <remarks>Colours are <c>0xRRGGBB</c>, at most 256. What lies outside is not drawn.</remarks>
internal sealed class PixelCanvas
{
    /// <summary>Pixels from one character to the next.</summary>
    public const int Advance = (PixelFont.Width + 1) * Scale;

    /// <summary>Pixels from the top of a character to its foot.</summary>
    public const int TextHeight = PixelFont.Height * Scale;

    private const int Scale = 2;
    private const int White = 0xFFFFFF;
    private readonly List<int> _palette = [White];
    private byte[] _pixels;

    public PixelCanvas(int width, int height)
    {
        (Width, Height) = (width, height);

        // Rented: the first touch of fresh memory takes ten times as long as the drawing.
        _pixels = ArrayPool<byte>.Shared.Rent(width * height);
        _pixels.AsSpan(0, width * height).Clear();
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Gives the image; after that nothing can be drawn.</summary>
    public PngImage Encode()
    {
        byte[] palette = [.. _palette.SelectMany(colour => (byte[])[(byte)(colour >> 16), (byte)(colour >> 8), (byte)colour])];
        var image = PngImage.EncodeIndexed(Width, Height, _pixels.AsSpan(0, Width * Height), palette);
        ArrayPool<byte>.Shared.Return(_pixels);
        _pixels = [];
        return image;
    }

    public void Fill(int x, int y, int width, int height, int colour)
    {
        var index = _palette.IndexOf(colour);
        if (index < 0)
        {
            index = _palette.Count;
            _palette.Add(colour);
        }

        var (left, right) = (Math.Max(x, 0), Math.Min(x + width, Width));
        for (var row = Math.Max(y, 0); row < Math.Min(y + height, Height) && left < right; row++)
        {
            _pixels.AsSpan(row * Width + left, right - left).Fill(checked((byte)index));
        }
    }

    /// <summary>Draws a line two pixels thick.</summary>
    public void Line(int fromX, int fromY, int toX, int toY, int colour)
    {
        var steps = Math.Max(Math.Max(Math.Abs(toX - fromX), Math.Abs(toY - fromY)), 1);
        for (var step = 0; step <= steps; step++)
        {
            // Halves up, in whole numbers: the same pixels on every machine.
            var x = fromX + (int)Math.Floor((2.0 * (toX - fromX) * step + steps) / (2 * steps));
            var y = fromY + (int)Math.Floor((2.0 * (toY - fromY) * step + steps) / (2 * steps));
            Fill(x, y, 2, 2, colour);
        }
    }

    /// <summary>Writes a text whose top left corner is given.</summary>
    public void Text(int x, int y, string text, int colour)
    {
        foreach (var character in text)
        {
            for (var row = 0; row < PixelFont.Height; row++)
            {
                for (var column = 0; column < PixelFont.Width; column++)
                {
                    if (PixelFont.Covers(character, row, column))
                    {
                        Fill(x + column * Scale, y + row * Scale, Scale, Scale, colour);
                    }
                }
            }

            x += Advance;
        }
    }
}
