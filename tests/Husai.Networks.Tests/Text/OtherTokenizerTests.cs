using System.Text.Json.Nodes;
using Husai.Formats.Files;
using Husai.Formats.Protobuf;
using Husai.Networks.Text;

namespace Husai.Networks.Tests.Text;

/// <summary>Tokenizers in the files of other programs.</summary>
public sealed class OtherTokenizerTests : IDisposable
{
    private const string Space = "\u2581";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true, "play ##ing the [UNK]")]
    [InlineData(false, "[UNK] the [UNK]")]
    public void A_description_of_WordPiece_gives_the_tokens_of_the_vocabulary(bool isLower, string expected)
    {
        var file = WordPiece();
        file["normalizer"]!["lowercase"] = isLower;
        var tokenizer = Read(file);
        Assert.Equal(("WordPiece", 8), (tokenizer.Method, tokenizer.Vocabulary.Count));
        Assert.Equal([2], tokenizer.Before);
        Assert.Equal([3], tokenizer.After);
        Assert.Equal(expected, Shown(tokenizer, "Playing the zither"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_description_of_byte_pairs_gives_the_tokens_of_vocabulary_and_merges(bool hasPairs)
    {
        var file = BytePairs();
        if (!hasPairs)
        {
            file["model"]!["merges"] = new JsonArray("l o", "lo w");
        }

        file["post_processor"] = JsonNode.Parse("""
            {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<b>"}}, {"Sequence": {"id": "A"}}],
             "special_tokens": {"<b>": {"id": "<b>", "ids": [300], "tokens": ["<b>"]}}}
            """);
        var tokenizer = Read(file);
        Assert.Equal("byte-level BPE", tokenizer.Method);
        Assert.Equal([300], tokenizer.Before);
        Assert.Empty(tokenizer.After);
        Assert.Equal("<b>", tokenizer.Vocabulary[300]);
        Assert.Equal("low|\u0020|low|!", string.Join('|', tokenizer.Encode("low low!").Select(id => tokenizer.Vocabulary[id])));
    }

    [Theory]
    [InlineData("pre_tokenizer", """{"type": "Whitespace"}""", "has the pre_tokenizer Whitespace")]
    [InlineData("pre_tokenizer", """{"type": "ByteLevel", "add_prefix_space": true}""", "has the pre_tokenizer ByteLevel with a space")]
    [InlineData("normalizer", """{"type": "NFC"}""", "has the normalizer NFC")]
    [InlineData("post_processor", """{"type": "Sequence"}""", "has the post_processor Sequence")]
    [InlineData("added_tokens", """[{"id": 301, "content": "  ", "special": false}]""", "has the added_tokens '  ', which is not special")]
    [InlineData("model", """{"type": "Unigram", "vocab": []}""", "has the model Unigram")]
    [InlineData("model", """{"type": "BPE", "vocab": {"a": "b"}}""", "is no tokenizer that can be read")]
    [InlineData("model", """{"type": "BPE", "vocab": {}}""", "is no tokenizer that can be read")]
    public void A_component_that_cannot_be_run_is_refused_by_name(string component, string json, string message)
    {
        var file = BytePairs();
        file[component] = JsonNode.Parse(json);
        Assert.Contains(message, Assert.Throws<InvalidFileException>(() => Read(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tiktoken_file_is_read_by_the_name_of_its_encoding()
    {
        var ranks = Enumerable.Range(0, 256).Select(value => new[] { (byte)value }).Append("lo"u8.ToArray()).Append("low"u8.ToArray())
            .Append(" low"u8.ToArray()).Select((bytes, rank) => $"{Convert.ToBase64String(bytes)} {rank}");
        var path = _folder.Write("cl100k_base.tiktoken", string.Join('\n', ranks) + "\n");
        var tokenizer = TextTokenizer.Read(path);
        Assert.Equal("cl100k_base", tokenizer.Method);
        Assert.Equal("low| low|!", string.Join('|', tokenizer.Encode("low low!").Select(id => tokenizer.Vocabulary[id])));
        Assert.Empty(tokenizer.Before);

        AssertProblem("name it after its encoding", _folder.Write("mine.tiktoken", "YQ== 0\n"));
        AssertProblem("is no tokenizer that can be read", _folder.Write("gpt2.tiktoken", "not base64 at all\n"));
    }

    [Fact]
    public void A_SentencePiece_model_gives_pieces_and_the_token_of_the_beginning()
    {
        var tokenizer = TextTokenizer.Read(SentencePiece());
        Assert.Equal("SentencePiece", tokenizer.Method);
        Assert.Equal([1], tokenizer.Before);
        Assert.Empty(tokenizer.After);
        Assert.Equal(" low| low|er", string.Join('|', tokenizer.Encode("low lower").Select(id => tokenizer.Vocabulary[id])));
        Assert.Empty(tokenizer.Encode(""));
        var whole = File.ReadAllBytes(_folder["tokenizer.model"]);
        File.WriteAllBytes(_folder["tokenizer.model"], whole[..(whole.Length / 2)]);
        AssertProblem("tokenizer.model: is no tokenizer that can be read", _folder["tokenizer.model"]);
    }

    private static void AssertProblem(string text, string path) => Assert.Contains(
        text, Assert.Throws<InvalidFileException>(() => TextTokenizer.Read(path)).Message, StringComparison.Ordinal);

    private static string Shown(TextTokenizer tokenizer, string text) =>
        string.Join(' ', tokenizer.Encode(text).Select(id => tokenizer.Vocabulary[id]));

    private static JsonObject WordPiece() => JsonNode.Parse("""
        {"version": "1.0", "added_tokens": [{"id": 2, "content": "[CLS]", "special": true}],
         "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null, "lowercase": true},
         "pre_tokenizer": {"type": "BertPreTokenizer"},
         "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
          "vocab": {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "play": 4, "##ing": 5, "the": 6, "[MASK]": 7}}}
        """)!.AsObject();

    private static JsonObject BytePairs()
    {
        // The printable characters that stand for themselves, the space, and what the merges make.
        var vocabulary = new JsonObject();
        foreach (var token in Enumerable.Range('!', '~' - '!' + 1).Select(letter => $"{(char)letter}").Concat(["\u0120", "lo", "low"]))
        {
            vocabulary[token] = vocabulary.Count;
        }

        var file = JsonNode.Parse("""
            {"added_tokens": [{"id": 300, "content": "<b>", "special": true}], "normalizer": null,
             "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true},
             "post_processor": {"type": "ByteLevel"}, "model": {"type": "BPE", "merges": [["l", "o"], ["lo", "w"]]}}
            """)!.AsObject();
        file["model"]!["vocab"] = vocabulary;
        return file;
    }

    private TextTokenizer Read(JsonObject file) => TextTokenizer.Read(_folder.Write("tokenizer.json", file.ToJsonString()));

    // Byte pairs of SentencePiece: pieces with scores, those that are merged first with the largest.
    private string SentencePiece()
    {
        const int unknown = 2;
        const int control = 3;
        const int bytePairs = 2;
        var model = new ProtobufMessage();
        void Add(string piece, float score, int type = 1) =>
            model.Add(1, new ProtobufMessage().Add(1, piece).AddAlways(2, score).Add(3, (long)type));
        Add("<unk>", 0, unknown);
        Add("<s>", 0, control);
        Add("</s>", 0, control);
        string[] merged = ["lo", "low", Space + "low", "er"];
        for (var rank = 0; rank < merged.Length; rank++)
        {
            Add(merged[rank], -rank);
        }

        foreach (var letter in (string[])["l", "o", "w", "e", "r", Space])
        {
            Add(letter, -merged.Length);
        }

        model.Add(2, new ProtobufMessage().Add(3, (long)bytePairs).Add(41, 1L).Add(42, 2L));
        model.Add(3, new ProtobufMessage().Add(1, "identity").Add(3, true).Add(4, true).Add(5, true));
        var path = _folder["tokenizer.model"];
        File.WriteAllBytes(path, model.Bytes.ToArray());
        return path;
    }
}
