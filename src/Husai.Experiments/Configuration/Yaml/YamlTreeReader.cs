using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Husai.Experiments.Configuration.Yaml;

/// <summary>
/// Builds the tree of one YAML document from the parser's events. What is refused here but does not end the
/// document is reported, and reading continues.
/// </summary>
internal sealed class YamlTreeReader
{
    private const int MaximumDepth = 32;
    private const int MaximumNodes = 100_000;

    private readonly Scanner _scanner;
    private readonly Parser _parser;
    private readonly string _source;
    private readonly bool _isOverride;
    private readonly ErrorList _errors;
    private int _nodes;

    private YamlTreeReader(string text, string source, bool isOverride, ErrorList errors)
    {
        _scanner = new Scanner(new StringReader(text));
        _parser = new Parser(_scanner);
        _source = source;
        _isOverride = isOverride;
        _errors = errors;
    }

    /// <summary>Reads a document; an empty one is an empty mapping.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="source">Name of the text in messages.</param>
    /// <param name="errors">Receives what is wrong.</param>
    /// <param name="isOverride">Whether the text is the value of an override, whose places are not counted.</param>
    /// <exception cref="ConfigurationException">The text is no YAML, too deep or too large.</exception>
    public static ConfigurationNode Read(string text, string source, ErrorList errors, bool isOverride = false)
    {
        var reader = new YamlTreeReader(text, source, isOverride, errors);
        reader.RefuseControlCharacters(text);
        try
        {
            return reader.ReadStream();
        }
        catch (YamlException exception)
        {
            errors.Add(reader.At(exception.Start), $"this is not YAML: {exception.Message}");
            throw errors.Exception();
        }
    }

    // The scanner takes a NUL for the end of the text, and what follows would be dropped in silence; YAML 1.2 (5.1) allows none of the
    // others either.
    private void RefuseControlCharacters(string text)
    {
        var (line, lineStart) = (1, 0);
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '\n')
            {
                (line, lineStart) = (line + 1, index + 1);
            }
            else if (char.IsControl(text[index]) && text[index] is not ('\t' or '\r' or '\u0085'))
            {
                throw Fatal(
                    _isOverride ? new(_source, 0, 0) : new(_source, line, index - lineStart + 1),
                    $"YAML has no control characters, such as this U+{(int)text[index]:X4}");
            }
        }
    }

    private ConfigurationNode ReadStream()
    {
        Next<StreamStart>();
        var start = Advance();
        ConfigurationNode root = _isOverride
            ? new ScalarNode("", IsPlain: true, At(start.Start))
            : new MappingNode([], At(start.Start));
        if (start is StreamEnd)
        {
            return root;
        }

        var content = Advance();
        if (_isOverride || content is not Scalar { Value: "", Style: ScalarStyle.Plain })
        {
            root = ReadNode(content, depth: 1);
        }

        Next<DocumentEnd>();
        if (Advance() is DocumentStart second)
        {
            _errors.Add(At(second.Start), "a second document begins here: a configuration is one document");
        }

        return root;
    }

    private ConfigurationNode ReadNode(ParsingEvent start, int depth)
    {
        var location = At(start.Start);
        if (depth > MaximumDepth)
        {
            throw Fatal(location, $"more than {MaximumDepth} levels are nested here");
        }

        if (++_nodes > MaximumNodes)
        {
            throw Fatal(location, $"there are more than {MaximumNodes} values");
        }

        if (start is AnchorAlias alias)
        {
            _errors.Add(location, $"the alias '*{alias.Value}' is refused: write the value out");
            return new RefusedNode(location);
        }

        if (start is not NodeEvent node)
        {
            throw Fatal(location, "a value is missing here");
        }

        RefuseAnchorAndTag(node, location);
        return start switch
        {
            Scalar scalar => new ScalarNode(scalar.Value, scalar.Style == ScalarStyle.Plain, location),
            SequenceStart => ReadSequence(location, depth),
            _ => ReadMapping(location, depth),
        };
    }

    private SequenceNode ReadSequence(ConfigurationLocation location, int depth)
    {
        var items = new List<ConfigurationNode>();
        for (var item = Advance(); item is not SequenceEnd; item = Advance())
        {
            items.Add(ReadNode(item, depth + 1));
        }

        return new SequenceNode(items, location);
    }

    private MappingNode ReadMapping(ConfigurationLocation location, int depth)
    {
        var entries = new List<MappingEntry>();
        var places = new Dictionary<string, ConfigurationLocation>();
        for (var item = Advance(); item is not MappingEnd; item = Advance())
        {
            var key = ReadNode(item, depth + 1);
            var value = ReadNode(Advance(), depth + 1);
            if (key is not ScalarNode { Value: var name })
            {
                _errors.Add(key.Location, "a key must be a name");
            }
            else if (!places.TryAdd(name, key.Location))
            {
                _errors.Add(key.Location, $"duplicate key '{name}', first given in line {places[name].Line}");
            }
            else
            {
                entries.Add(new MappingEntry(name, key.Location, value));
            }
        }

        return new MappingNode(entries, location);
    }

    private void RefuseAnchorAndTag(NodeEvent node, ConfigurationLocation location)
    {
        if (!node.Anchor.IsEmpty)
        {
            _errors.Add(location, $"the anchor '&{node.Anchor.Value}' is refused: write each value out where it is used");
        }

        if (!node.Tag.IsEmpty)
        {
            _errors.Add(location, $"the tag '{node.Tag.Value}' is refused: the type of a value follows from its key");
        }
    }

    private ParsingEvent Advance()
    {
        try
        {
            return _parser.MoveNext() ? _parser.Current! : throw Fatal(At(_scanner.CurrentPosition), "the document ends too early");
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or IndexOutOfRangeException
            or FormatException or OverflowException)
        {
            // What the scanner throws on some broken texts besides its own exception.
            throw Fatal(At(_scanner.CurrentPosition), "this is not YAML");
        }
    }

    private void Next<T>()
        where T : ParsingEvent
    {
        if (Advance() is not T)
        {
            throw Fatal(At(_parser.Current!.Start), "the document continues where it should end");
        }
    }

    private ConfigurationException Fatal(ConfigurationLocation location, string message)
    {
        _errors.Add(location, message);
        return _errors.Exception();
    }

    private ConfigurationLocation At(Mark mark) =>
        _isOverride ? new(_source, 0, 0) : new(_source, (int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));
}
