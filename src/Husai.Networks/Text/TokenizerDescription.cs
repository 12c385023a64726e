using System.Text.Json;
using Husai.Formats.Files;
using Husai.Formats.Tensors;

namespace Husai.Networks.Text;

/// <summary>
/// <c>tokenizer.json</c> of Hugging Face's <c>tokenizers</c>, where it describes what can be run here to the same ids: WordPiece as BERT
/// uses it, or byte-level BPE as GPT-2 and RoBERTa use it. Every component that is another is refused by its name.
/// </summary>
internal sealed class TokenizerDescription
{
    public const string FileName = "tokenizer.json";
    private const int LongestFile = 256 << 20;
    private readonly string _path;
    private readonly JsonElement _root;
    private readonly Dictionary<string, int> _ids;

    private TokenizerDescription(string path, JsonElement root)
    {
        (_path, _root) = (path, root);
        _ids = Model.GetProperty("vocab").EnumerateObject().ToDictionary(token => token.Name, token => token.Value.GetInt32());
        foreach (var added in _root.TryGetProperty("added_tokens", out var tokens) ? tokens.EnumerateArray() : default)
        {
            // Text that looks like a token that is not special would have to be split off first.
            if (!added.GetProperty("special").GetBoolean())
            {
                throw Unknown("added_tokens", $"'{added.GetProperty("content").GetString()}', which is not special");
            }

            _ids[added.GetProperty("content").GetString()!] = added.GetProperty("id").GetInt32();
        }

        if (_ids.Count == 0 || _ids.Values.Min() < 0 || _ids.Values.Max() > LongestFile)
        {
            throw new InvalidFileException(path, "is no tokenizer that can be read: its vocabulary maps no tokens to ids");
        }
    }

    private JsonElement Model => _root.GetProperty("model");

    public static TextTokenizer Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(TextFile.Read(path, LongestFile, "a tokenizer"));
            var type = document.RootElement.GetProperty("model").GetProperty("type").GetString();
            return type switch
            {
                "WordPiece" => new TokenizerDescription(path, document.RootElement).ToWordPiece(),
                "BPE" => new TokenizerDescription(path, document.RootElement).ToBytePairs(),
                _ => throw new InvalidFileException(
                    path, $"has the model {type}, which cannot be run here; a tokenizer.model of SentencePiece beside it can"),
            };
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException
            or ArgumentException)
        {
            throw new InvalidFileException(path, $"is no tokenizer that can be read: {error.Message.ReplaceLineEndings(" ")}", error);
        }
    }

    private WordPieceVocabulary ToWordPiece()
    {
        RequireType("normalizer", "BertNormalizer");
        RequireType("pre_tokenizer", "BertPreTokenizer");
        Require("model", Model, "unk_token", "[UNK]");
        Require("model", Model, "continuing_subword_prefix", "##");
        var normalizer = _root.GetProperty("normalizer");
        var isLower = Flag(normalizer, "lowercase") ?? true;
        if ((Flag(normalizer, "strip_accents") ?? isLower) != isLower)
        {
            throw Unknown("normalizer", "lower case and accents apart");
        }

        if (Flag(normalizer, "handle_chinese_chars") == false)
        {
            throw Unknown("normalizer", "Chinese characters within words");
        }

        var tokens = new string[_ids.Values.Max() + 1];
        Array.Fill(tokens, "");
        foreach (var (token, id) in _ids)
        {
            tokens[id] = token;
        }

        // An id without a token must not be taken for one.
        return Array.IndexOf(tokens, "") is >= 0 and var missing
            ? throw new InvalidFileException(_path, $"is no tokenizer that can be read: it has no token {missing}")
            : WordPieceVocabulary.Create(_path, tokens, isLower);
    }

    private BytePairVocabulary ToBytePairs()
    {
        RequireType("normalizer", null);
        RequireType("pre_tokenizer", "ByteLevel");
        var split = _root.GetProperty("pre_tokenizer");
        if (Flag(split, "add_prefix_space") == true || Flag(split, "use_regex") == false)
        {
            throw Unknown("pre_tokenizer", "ByteLevel with a space in front, or without its own words");
        }

        foreach (var name in (string[])["byte_fallback", "ignore_merges", "fuse_unk"])
        {
            if (Flag(Model, name) == true)
            {
                throw Unknown("model", $"BPE with {name}");
            }
        }

        foreach (var name in (string[])["continuing_subword_prefix", "end_of_word_suffix"])
        {
            if (Model.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() != "")
            {
                throw Unknown("model", $"BPE with {name}");
            }
        }

        var merges = Model.GetProperty("merges").EnumerateArray().Select(merge => merge.ValueKind == JsonValueKind.String
            ? merge.GetString()! : string.Join(' ', merge.EnumerateArray().Select(part => part.GetString())));
        var (before, after) = Around();
        string[] pairs = [.. merges.Where(merge => !merge.StartsWith("#version", StringComparison.Ordinal))];
        return BytePairVocabulary.Create(_path, ContentHash.OfFile(_path), _ids, pairs, before, after);
    }

    // The special tokens that the post-processor puts around a single text.
    private (IReadOnlyList<int> Before, IReadOnlyList<int> After) Around()
    {
        switch (TypeOf("post_processor"))
        {
            case null or "ByteLevel":
                return ([], []);
            case "RobertaProcessing" or "BertProcessing":
                var processor = _root.GetProperty("post_processor");
                return ([processor.GetProperty("cls")[1].GetInt32()], [processor.GetProperty("sep")[1].GetInt32()]);
            case "TemplateProcessing":
                var template = _root.GetProperty("post_processor");
                var (before, after, isBehind) = (new List<int>(), new List<int>(), false);
                foreach (var part in template.GetProperty("single").EnumerateArray())
                {
                    if (!part.TryGetProperty("SpecialToken", out var special))
                    {
                        isBehind = true;
                        continue;
                    }

                    var ids = template.GetProperty("special_tokens").GetProperty(special.GetProperty("id").GetString()!).GetProperty("ids");
                    (isBehind ? after : before).AddRange(ids.EnumerateArray().Select(id => id.GetInt32()));
                }

                return (before, after);
            case var other:
                throw Unknown("post_processor", other);
        }
    }

    private void RequireType(string component, string? type)
    {
        if (TypeOf(component) is var found && found != type)
        {
            throw Unknown(component, found ?? "none");
        }
    }

    private string? TypeOf(string component) =>
        _root.TryGetProperty(component, out var value) && value.ValueKind == JsonValueKind.Object
            ? value.GetProperty("type").GetString() : null;

    private void Require(string component, JsonElement element, string name, string due)
    {
        if (element.TryGetProperty(name, out var value) && value.GetString() is var found && found != due)
        {
            throw Unknown(component, $"{name} '{found}'");
        }
    }

    private static bool? Flag(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean() : null;

    private InvalidFileException Unknown(string component, string? found) =>
        new(_path, $"has the {component} {found}, which cannot be run here to the same tokens");
}
