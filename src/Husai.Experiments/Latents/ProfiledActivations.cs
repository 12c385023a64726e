using Husai.Analysis.Latents;
using Husai.Autoencoders.Activations;
using Husai.Experiments.Saes;
using Husai.Formats.Files;
using Husai.Formats.Stores;

namespace Husai.Experiments.Latents;

/// <summary>Activations that latents are profiled on, with what excerpts of them are shown with.</summary>
internal sealed class ProfiledActivations : IDisposable
{
    private readonly IDisposable _opened;
    private readonly ArithmeticRows? _arithmetic;
    private readonly Lazy<string> _hash;
    private readonly StoreSource? _source;

    private ProfiledActivations(ActivationStore store)
    {
        (_opened, Rows, _source) = (store, new TracedStore(store), store.Description.Source);
        _hash = new Lazy<string>(store.Description.Hash ?? "");
        (Vocabulary, Tokenizer, TokenizerHash) = (store.ReadVocabulary(), _source.Tokenizer, _source.TokenizerHash);
    }

    private ProfiledActivations(StoredActivations file, string path)
    {
        (_opened, Rows, _arithmetic) = (file, new TracedSource(file), ArithmeticRows.Of(path, file.Rows));
        _hash = new Lazy<string>(() => ActivationIdentity.Of(file).Hash);
    }

    /// <summary>The rows.</summary>
    public ITracedRows Rows { get; }

    /// <summary>The text of each token id; empty where it is not known.</summary>
    public IReadOnlyList<string> Vocabulary { get; private set; } = [];

    /// <summary>The hash of the tokenizer that the texts are of.</summary>
    public string? TokenizerHash { get; private set; }

    /// <summary>How text was split into tokens, such as <c>WordPiece</c>; null where it is not known.</summary>
    public string? Tokenizer { get; private set; }

    /// <summary>Opens a store or a file.</summary>
    /// <param name="path">The folder of a store, or a file of [rows, width] floats.</param>
    /// <exception cref="InvalidFileException">It is missing or damaged.</exception>
    public static ProfiledActivations Open(string path)
    {
        if (StoreDescription.IsStore(path))
        {
            return new ProfiledActivations(ActivationStore.Open(path));
        }

        var file = ActivationSources.Open(path);
        try
        {
            return new ProfiledActivations(file, path);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Takes the texts of a tokenizer in place of the store's own.</summary>
    /// <param name="path">The tokenizer's file, for messages.</param>
    /// <param name="method">How it splits text.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="vocabulary">The text of each token id.</param>
    /// <exception cref="InvalidFileException">The store was written with another tokenizer, or its rows have no tokens.</exception>
    public void UseTokenizer(string path, string method, string hash, IReadOnlyList<string> vocabulary)
    {
        if (!Rows.HasTokens)
        {
            throw new InvalidFileException(path, "is of no use: the activations are not known to be those of tokens");
        }

        if (_source?.TokenizerHash is { } stored && stored != hash)
        {
            throw new InvalidFileException(path, "is another tokenizer than the store was written with");
        }

        (Tokenizer, TokenizerHash, Vocabulary) = (method, hash, vocabulary);
    }

    /// <summary>What is said of a measurement on these activations.</summary>
    /// <param name="saeHash">Hash of the SAE's weights.</param>
    /// <param name="saeLatents">Its latents.</param>
    /// <param name="options">What was looked for.</param>
    public LatentIndex IndexFor(string saeHash, int saeLatents, LatentProfileOptions options) => new()
    {
        SaeHash = saeHash,
        SaeLatents = saeLatents,
        ActivationsHash = _hash.Value,
        Rows = Rows.Rows,
        Model = _source?.Model,
        Corpus = _source?.Corpus,
        Tokenizer = Tokenizer,
        TokenizerHash = Vocabulary.Count > 0 ? TokenizerHash : null,
        Options = options,
    };

    /// <summary>The profile, its excerpts with texts or inputs as far as they are known.</summary>
    public LatentProfile Describe(LatentProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return profile with { Top = [.. profile.Top.Select(Describe)], Samples = [.. profile.Samples.Select(Describe)] };
    }

    /// <summary>Closes the store or file.</summary>
    public void Dispose() => _opened.Dispose();

    private Excerpt Describe(Excerpt excerpt) =>
        _arithmetic is not null ? _arithmetic.Describe(excerpt)
        : Vocabulary.Count > 0 && excerpt.TokenIds is { } ids ? excerpt with { Tokens = [.. ids.Select(TextOf)] }
        : excerpt;

    private string TextOf(int id) => id >= 0 && id < Vocabulary.Count ? Vocabulary[id] : "";
}
