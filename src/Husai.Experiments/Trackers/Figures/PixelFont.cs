namespace Husai.Experiments;

/// <summary>Letters of 3 x 5 pixels: what a small figure needs to name its axes, on a machine without fonts.</summary>
internal static class PixelFont
{
    public const int Width = 3;
    public const int Height = 5;

    private const string Characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ.-+/=%,:()_ ";

    // Five octal digits a character: its rows from the top, the left pixel as the highest bit.
    private static readonly string[] Rows =
    [
        "75557", "26227", "71747", "71717", "55711", "74717", "74757", "71111", "75757", "75717",
        "25755", "65656", "34443", "65556", "74647", "74644", "34553", "55755", "72227", "11152", "55655", "44447", "57755",
        "65555", "25552", "65644", "25563", "65655", "34216", "72222", "55557", "55552", "55775", "55255", "55222", "71247",
        "00002", "00700", "02720", "11244", "07070", "51245", "00024", "02020", "24442", "21112", "00007", "00000",
    ];

    /// <summary>Whether a character covers a pixel. Small letters look like capitals; what the font lacks is a full block.</summary>
    public static bool Covers(char character, int row, int column)
    {
        var index = Characters.IndexOf(char.ToUpperInvariant(character), StringComparison.Ordinal);
        return index < 0 || (Rows[index][row] - '0' >> Width - 1 - column & 1) == 1;
    }
}
