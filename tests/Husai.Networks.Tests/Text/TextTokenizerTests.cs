using System.Text;
using System.Text.Json;
using Husai.Formats.Files;
using Husai.Networks.Text;

namespace Husai.Networks.Tests.Text;

public sealed class TextTokenizerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WordPiece_takes_the_longest_pieces()
    {
        var tokenizer = TextTokenizer.Read(WordPiece("play", "##ing", "##er", "a", "guitar", "."));

        Assert.Equal(("WordPiece", 0), (tokenizer.Method, tokenizer.Padding));
        Assert.Equal([2], tokenizer.Before);
        Assert.Equal([3], tokenizer.After);
        Assert.Equal("play ##ing a guitar [UNK] .", Shown(tokenizer, "Playing a GUITAR zither."));
    }

    [Fact]
    public void A_vocabulary_with_upper_case_keeps_the_case() => Assert.Equal(
        "Play play [UNK]", Shown(TextTokenizer.Read(WordPiece("Play", "play")), "Play play PLAY"));

    [Theory]
    [InlineData("low lower lowest", "low| lower| low|est")]
    [InlineData("é low", "é| low")]
    [InlineData("", "")]
    public void Byte_pairs_are_merged_in_the_order_of_the_list(string text, string expected)
    {
        var tokenizer = TextTokenizer.Read(BytePairs("l o", "lo w", "Ġ low", "e r", "Ġlow er", "e s", "es t", "Ã ©"));

        Assert.Equal(expected, string.Join('|', tokenizer.Encode(text).Select(id => tokenizer.Vocabulary[id])));
        Assert.Equal(Reference(text), tokenizer.Encode(text).Select(id => tokenizer.Vocabulary[id]));
    }

    // Byte pairs, plainly: the pair that is earliest in the list is merged first.
    private static IEnumerable<string> Reference(string text)
    {
        string[] merges = ["l o", "lo w", "Ġ low", "e r", "Ġlow er", "e s", "es t", "Ã ©"];
        foreach (var word in text.Length == 0 ? [] : text.Split(' ').Select((word, index) => index == 0 ? word : "Ġ" + word))
        {
            var parts = word.SelectMany(letter =>
                letter == 'Ġ' ? ["Ġ"] : Encoding.UTF8.GetBytes($"{letter}").Select(value => $"{(char)value}")).ToList();
            while (true)
            {
                var ranks = Enumerable.Range(0, Math.Max(0, parts.Count - 1))
                    .Select(index => (Index: index, Rank: Array.IndexOf(merges, $"{parts[index]} {parts[index + 1]}")))
                    .Where(pair => pair.Rank >= 0).ToArray();
                if (ranks.Length == 0)
                {
                    break;
                }

                var (at, _) = ranks.MinBy(pair => pair.Rank);
                parts[at] += parts[at + 1];
                parts.RemoveAt(at + 1);
            }

            foreach (var part in parts)
            {
                yield return Encoding.UTF8.GetString(
                    [.. part.SelectMany(letter => letter == 'Ġ' ? " "u8.ToArray() : [(byte)letter])]);
            }
        }
    }

    [Theory]
    [InlineData("other.txt", "one\ntwo\n", "has no token [UNK]: not a WordPiece vocabulary?")]
    [InlineData("vocab.json", "{\"a\": \"b\"}", "is no vocabulary")]
    [InlineData("vocab.json", "[1, 2", "is no vocabulary")]
    [InlineData("vocab.json", "{}", "is no vocabulary")]
    [InlineData("tokenizer.json", "{}", "is no tokenizer that can be read")]
    [InlineData("tokenizer.model", "x", "is no tokenizer that can be read")]
    public void Damaged_and_unknown_files_are_refused(string name, string content, string reason)
    {
        _folder.Write("merges.txt", "#version: 0.2\na b\n");
        var path = _folder.Write(name, content);
        Assert.Contains(reason, Assert.Throws<InvalidFileException>(() => TextTokenizer.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_list_of_merges_is_refused_by_name()
    {
        var path = BytePairs("l o", "low");
        var error = Assert.Throws<InvalidFileException>(() => TextTokenizer.Read(path));
        Assert.Contains("merges.txt: merge 2 is no pair: 'low'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_tokenizer_beside_the_model_is_found()
    {
        var vocabulary = WordPiece("a");
        Directory.CreateDirectory(_folder["onnx"]);
        Assert.Equal(vocabulary, TextTokenizer.FindFor(_folder["model.onnx"]));
        Assert.Equal(vocabulary, TextTokenizer.FindFor(_folder["onnx", "model.onnx"]));
        File.Delete(vocabulary);
        Assert.Contains("--tokenizer", Assert.Throws<InvalidFileException>(() => TextTokenizer.FindFor(_folder["model.onnx"])).Message);
    }

    [Fact]
    public void A_real_vocabulary_gives_known_tokens()
    {
        var tokenizer = TextTokenizer.Read(MiniLm.Vocabulary);
        Assert.Equal(30522, tokenizer.Vocabulary.Count);
        Assert.Equal([101], tokenizer.Before);
        Assert.Equal([102], tokenizer.After);
        Assert.Equal([1037, 2158, 2003, 2652, 1037, 2858], tokenizer.Encode("A man is playing a guitar"));
        Assert.Equal("una ##ffa ##ble cafe ! 東 京", Shown(tokenizer, "Unaffable CAFÉ! 東京"));
    }

    private static string Shown(TextTokenizer tokenizer, string text) =>
        string.Join(' ', tokenizer.Encode(text).Select(id => tokenizer.Vocabulary[id]));

    private string WordPiece(params string[] pieces) =>
        _folder.Write("vocab.txt", string.Join('\n', (string[])["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. pieces]) + "\n");

    private string BytePairs(params string[] merges)
    {
        var letters = Enumerable.Range(0, 256)
            .Where(value => value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF))
            .Select(value => $"{(char)value}").Append("Ġ");
        var pairs = merges.Select(merge => merge.Replace(" ", "", StringComparison.Ordinal));
        _folder.Write("merges.txt", "#version: 0.2\n" + string.Join('\n', merges) + "\n");
        var ids = letters.Concat(pairs).Distinct().Select((token, id) => (token, id)).ToDictionary(entry => entry.token, entry => entry.id);
        return _folder.Write("vocab.json", JsonSerializer.Serialize(ids));
    }
}
