using Husai.Formats.Tensors;
using Husai.Numerics.Matrices;

namespace Husai.Transformers.Models;

/// <summary>All parameters of a transformer, or their gradients, as views of one block of memory.</summary>
internal sealed class TransformerParameters
{
    private readonly ParameterStorage _storage;

    internal TransformerParameters(TransformerOptions options, TransformerShape shape)
    {
        _storage = new ParameterStorage(checked((int)Capacity(options, shape)));
        Embedding = _storage.Take("embed.W_E", shape.Vocabulary, options.ModelWidth);
        Positions = _storage.Take("pos_embed.W_pos", shape.Context, options.ModelWidth);
        Blocks = new BlockParameters[options.Layers];
        for (var layer = 0; layer < Blocks.Length; layer++)
        {
            Blocks[layer] = new BlockParameters(_storage, options, layer);
        }

        FinalNorm = options.LayerNorm ? new NormParameters(_storage, "ln_final", options.ModelWidth) : null;
        Unembedding = options.TiedUnembedding ? null : _storage.Take("unembed.W_U", options.ModelWidth, shape.Classes);
        UnembeddingBias = options.HasAttentionBiases ? _storage.Take("unembed.b_U", shape.Classes) : null;
        TiedUnembedding = Embedding.SliceRows(0, shape.Classes);
    }

    /// <summary>Every tensor with its name, in the order in which the model uses them.</summary>
    public IReadOnlyList<TransformerParameter> Tensors => _storage.Parameters;

    /// <summary>All elements; between the tensors are gaps of zeros.</summary>
    public Span<float> All => _storage.All;

    /// <summary>Number of parameters.</summary>
    public long Count => Tensors.Sum(tensor => (long)tensor.Values.Rows * tensor.Values.Columns);

    /// <summary>W_E, [d_vocab, d_model].</summary>
    internal Matrix Embedding { get; }

    /// <summary>W_pos, [n_ctx, d_model].</summary>
    internal Matrix Positions { get; }

    internal BlockParameters[] Blocks { get; }

    internal NormParameters? FinalNorm { get; }

    /// <summary>W_U, [d_model, d_vocab_out]; null if tied.</summary>
    internal Matrix? Unembedding { get; }

    /// <summary>The rows of W_E that serve as the transposed unembedding if it is tied, [d_vocab_out, d_model].</summary>
    internal Matrix TiedUnembedding { get; }

    internal Matrix? UnembeddingBias { get; }

    /// <summary>The tensor called <paramref name="name"/>.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public TransformerParameter this[string name] =>
        Tensors.FirstOrDefault(tensor => tensor.Name == name)
        ?? throw new ArgumentException($"the model has no tensor '{name}'", nameof(name));

    /// <summary>Every tensor under its TransformerLens name and shape.</summary>
    internal IEnumerable<NamedTensor> NamedTensors() => Tensors.Select(tensor =>
        NamedTensor.FromVector(tensor.Name, tensor.Values.AsSpan(), [.. tensor.Shape.Select(size => (long)size)]));

    /// <summary>The most elements that the options can ask for; what they leave out stays zero.</summary>
    internal static long Capacity(TransformerOptions options, TransformerShape shape)
    {
        var (width, attention, neurons) = (options.ModelWidth, options.AttentionWidth, options.MlpWidth);
        List<int> lengths = [shape.Vocabulary * width, shape.Context * width, shape.Classes * width, shape.Classes, width, width];
        for (var layer = 0; layer < options.Layers; layer++)
        {
            lengths.AddRange([width, width, width, width]);
            lengths.AddRange([width * attention, width * attention, width * attention, width * attention]);
            lengths.AddRange([attention, attention, attention, width, width * neurons, neurons, width * neurons, width]);
        }

        return ParameterStorage.Capacity(lengths);
    }
}
