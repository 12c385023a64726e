using System.Globalization;
using Husai.Formats.Files;

namespace Husai.Formats.Numpy;

/// <summary>Reads the Python dictionary literal in a .npy header: exactly the keys descr, fortran_order and shape.</summary>
internal ref struct NumpyHeaderParser
{
    private readonly string _path;
    private ReadOnlySpan<char> _rest;

    private NumpyHeaderParser(string text, string path)
    {
        _rest = text;
        _path = path;
    }

    public static NumpyHeader Parse(string text, string path) => new NumpyHeaderParser(text, path).ParseAll();

    private NumpyHeader ParseAll()
    {
        string? type = null;
        bool? fortran = null;
        long[]? shape = null;
        Expect('{');
        while (!Accept('}'))
        {
            var key = ParseString();
            Expect(':');
            switch (key)
            {
                case "descr" when type is null:
                    type = ParseType();
                    break;
                case "fortran_order" when fortran is null:
                    fortran = ParseBoolean();
                    break;
                case "shape" when shape is null:
                    shape = ParseShape();
                    break;
                default:
                    throw Damaged($"has the unknown or repeated key '{key}'");
            }

            if (!Accept(','))
            {
                Expect('}');
                break;
            }
        }

        if (!_rest.Trim().IsEmpty || type is null || fortran is null || shape is null)
        {
            throw Damaged("does not hold exactly descr, fortran_order and shape");
        }

        var (parsed, bigEndian) = NumpyType.Parse(type, _path);
        return new NumpyHeader(parsed, bigEndian, fortran.Value, shape);
    }

    private string ParseType()
    {
        _rest = _rest.TrimStart();
        return _rest.StartsWith('[') || _rest.StartsWith('(')
            ? throw new InvalidFileException(_path, "holds structured elements; save each field as an array of its own")
            : ParseString();
    }

    private string ParseString()
    {
        _rest = _rest.TrimStart();
        var end = _rest is ['\'' or '"', ..] ? _rest[1..].IndexOf(_rest[0]) : -1;
        if (end < 0 || _rest.Slice(1, end).Contains('\\'))
        {
            throw Damaged("lacks a string");
        }

        var text = _rest.Slice(1, end).ToString();
        _rest = _rest[(end + 2)..];
        return text;
    }

    private bool ParseBoolean()
    {
        _rest = _rest.TrimStart();
        foreach (var (word, value) in new[] { ("True", true), ("False", false) })
        {
            if (_rest.StartsWith(word, StringComparison.Ordinal))
            {
                _rest = _rest[word.Length..];
                return value;
            }
        }

        throw Damaged("lacks True or False");
    }

    private long[] ParseShape()
    {
        var sizes = new List<long>();
        Expect('(');
        while (!Accept(')'))
        {
            _rest = _rest.TrimStart();
            var digits = _rest.IndexOfAnyExceptInRange('0', '9');
            if (digits <= 0 || sizes.Count == 64
                || !long.TryParse(_rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var size))
            {
                throw Damaged("has a shape that is not a tuple of at most 64 integers");
            }

            sizes.Add(size);
            _rest = _rest[digits..];

            // Python 2 wrote long integers as 3L.
            if (_rest.StartsWith('L'))
            {
                _rest = _rest[1..];
            }

            if (!Accept(','))
            {
                Expect(')');
                break;
            }
        }

        return [.. sizes];
    }

    private bool Accept(char character)
    {
        _rest = _rest.TrimStart();
        if (!_rest.StartsWith(character))
        {
            return false;
        }

        _rest = _rest[1..];
        return true;
    }

    private void Expect(char character)
    {
        if (!Accept(character))
        {
            throw Damaged($"lacks '{character}'");
        }
    }

    private readonly InvalidFileException Damaged(string what) => new(_path, $"has a NumPy header that {what}");
}
