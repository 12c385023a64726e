using Husai.Networks.Tests;

namespace Husai.AcceptanceTests.Networks;

/// <summary>A small network, its vocabulary and a text of single letters, as files.</summary>
internal static class TinyNetworkFiles
{
    /// <summary>The network.</summary>
    public const string Model = "tiny.onnx";

    /// <summary>The text, a document in each line.</summary>
    public const string Text = "text.txt";

    /// <summary>Writes them into a folder.</summary>
    public static void Write(string folder, int lines = 600)
    {
        new TinyNetwork().Write(Path.Combine(folder, Model));
        File.WriteAllLines(
            Path.Combine(folder, "vocab.txt"),
            ((string[])["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]).Concat(
                Enumerable.Range(0, 26).Select(letter => $"{(char)('a' + letter)}")));
        File.WriteAllLines(Path.Combine(folder, Text), Enumerable.Range(1, lines).Select(line =>
            string.Join(' ', Enumerable.Range(0, 1 + line * 7 % 11).Select(place => (char)('a' + (line * 3 + place * 5) % 26)))));
    }
}
