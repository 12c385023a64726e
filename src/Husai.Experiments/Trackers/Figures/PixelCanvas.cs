namespace Husai.Experiments;

/// <summary>An image to draw on, white at first: red, green and blue of each pixel, row after row from the top.</summary>
/// <remarks>Colours are <c>0xRRGGBB</c>. What lies outside is not drawn.</remarks>
internal sealed class PixelCanvas
{
    /// <summary>Pixels from one character to the next.</summary>
    public const int Advance = (PixelFont.Width + 1) * Scale;

    /// <summary>Pixels from the top of a character to its foot.</summary>
    public const int TextHeight = PixelFont.Height * Scale;

    private const int Scale = 2;
    private readonly byte[] _pixels;

    public PixelCanvas(int width, int height)
    {
        (Width, Height) = (width, height);
        _pixels = new byte[3 * width * height];
        Array.Fill(_pixels, byte.MaxValue);
    }

    public int Width { get; }

    public int Height { get; }

    public ReadOnlySpan<byte> Pixels => _pixels;

    public void Fill(int x, int y, int width, int height, int colour)
    {
        for (var row = Math.Max(y, 0); row < Math.Min(y + height, Height); row++)
        {
            for (var column = Math.Max(x, 0); column < Math.Min(x + width, Width); column++)
            {
                var pixel = _pixels.AsSpan(3 * (row * Width + column), 3);
                (pixel[0], pixel[1], pixel[2]) = ((byte)(colour >> 16), (byte)(colour >> 8), (byte)colour);
            }
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
