using Husai.Formats.Files;

namespace Husai.Networks.Text;

/// <summary>Cuts a corpus into contexts of bounded length.</summary>
internal sealed class ContextReader
{
    private readonly Corpus _corpus;
    private readonly int _length;
    private readonly bool _isPacked;
    private readonly ContextToken[] _before;
    private readonly ContextToken[] _after;
    private readonly int? _vocabulary;

    /// <summary>Prepares reading.</summary>
    /// <param name="corpus">The corpus.</param>
    /// <param name="tokenizer">Whose special tokens stand around a context; null for none.</param>
    /// <param name="length">Most tokens of a context, special ones included.</param>
    /// <param name="isPacked">Whether documents follow each other in a context, which is then full; else each has one of its own.</param>
    /// <param name="vocabulary">Number of tokens that the network knows, where that is known.</param>
    /// <exception cref="ArgumentException">No text fits between the special tokens.</exception>
    public ContextReader(Corpus corpus, TextTokenizer? tokenizer, int length, bool isPacked, int? vocabulary = null)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        (_corpus, _isPacked, _vocabulary) = (corpus, isPacked, vocabulary);
        _before = [.. (tokenizer?.Before ?? []).Select(ContextToken.Special)];
        _after = [.. (tokenizer?.After ?? []).Select(ContextToken.Special)];
        _length = length - _before.Length - _after.Length;
        if (_length < 1)
        {
            throw new ArgumentException($"a context of {length} tokens has no room for text between the special tokens", nameof(length));
        }
    }

    /// <summary>Reads the corpus from its start.</summary>
    /// <param name="counts">Counts what is read.</param>
    /// <exception cref="InvalidFileException">The corpus is damaged, or holds a token that the network does not know.</exception>
    public IEnumerable<TokenContext> Read(CorpusCounts counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        return _isPacked ? ReadPacked(counts) : ReadDocuments(counts);
    }

    private IEnumerable<TokenContext> ReadDocuments(CorpusCounts counts)
    {
        foreach (var document in Documents(counts))
        {
            var kept = Math.Min(_length, document.Ids.Count);
            counts.CutDocuments += kept < document.Ids.Count ? 1 : 0;
            yield return Context(TokensOf(document, 0, kept), counts);
        }
    }

    private IEnumerable<TokenContext> ReadPacked(CorpusCounts counts)
    {
        var waiting = new List<ContextToken>(_length);
        foreach (var document in Documents(counts))
        {
            for (var start = 0; start < document.Ids.Count;)
            {
                var taken = Math.Min(_length - waiting.Count, document.Ids.Count - start);
                waiting.AddRange(TokensOf(document, start, taken));
                start += taken;
                if (waiting.Count == _length)
                {
                    yield return Context(waiting, counts);
                    waiting.Clear();
                }
            }
        }

        if (waiting.Count > 0)
        {
            yield return Context(waiting, counts);
        }
    }

    private IEnumerable<TokenDocument> Documents(CorpusCounts counts)
    {
        foreach (var document in _corpus.ReadDocuments().Where(document => document.Ids.Count > 0))
        {
            if (_vocabulary is { } known && document.Ids.Max() is var largest && largest >= known)
            {
                throw new InvalidFileException(
                    _corpus.Path,
                    $"document {document.Number} holds the token {largest}, but the network knows the {known} tokens from 0 on");
            }

            counts.Documents++;
            yield return document;
        }
    }

    private TokenContext Context(IEnumerable<ContextToken> text, CorpusCounts counts)
    {
        ContextToken[] tokens = [.. _before, .. text, .. _after];
        counts.Tokens += tokens.Length - _before.Length - _after.Length;
        return new TokenContext(counts.Contexts++, tokens);
    }

    private static IEnumerable<ContextToken> TokensOf(TokenDocument document, int start, int count) =>
        Enumerable.Range(start, count).Select(position =>
            new ContextToken(document.Ids[position], document.Number, document.Offset, position));
}
