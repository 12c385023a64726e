using Husai.Numerics.Matrices;

namespace Husai.Transformers.Models;

/// <summary>The parameters of one block; those that its options leave out are null.</summary>
internal sealed class BlockParameters
{
    public BlockParameters(ParameterStorage storage, TransformerOptions options, int layer)
    {
        var prefix = $"blocks.{layer}.";
        var (heads, width, head, neurons) = (options.Heads, options.ModelWidth, options.HeadWidth, options.MlpWidth);
        if (options.LayerNorm)
        {
            AttentionNorm = new NormParameters(storage, prefix + "ln1", width);
            MlpNorm = new NormParameters(storage, prefix + "ln2", width);
        }

        Query = storage.Take(prefix + "attn.W_Q", heads, width, head);
        Key = storage.Take(prefix + "attn.W_K", heads, width, head);
        Value = storage.Take(prefix + "attn.W_V", heads, width, head);
        Output = storage.Take(prefix + "attn.W_O", heads, head, width);
        if (options.HasAttentionBiases)
        {
            QueryBias = storage.Take(prefix + "attn.b_Q", heads, head);
            KeyBias = storage.Take(prefix + "attn.b_K", heads, head);
            ValueBias = storage.Take(prefix + "attn.b_V", heads, head);
            OutputBias = storage.Take(prefix + "attn.b_O", width);
        }

        MlpIn = storage.Take(prefix + "mlp.W_in", width, neurons);
        MlpOut = storage.Take(prefix + "mlp.W_out", neurons, width);
        if (options.HasMlpBiases)
        {
            MlpInBias = storage.Take(prefix + "mlp.b_in", neurons);
            MlpOutBias = storage.Take(prefix + "mlp.b_out", width);
        }
    }

    public NormParameters? AttentionNorm { get; }

    public NormParameters? MlpNorm { get; }

    /// <summary>W_Q as [heads * d_model, d_head].</summary>
    public Matrix Query { get; }

    /// <summary>W_K as [heads * d_model, d_head].</summary>
    public Matrix Key { get; }

    /// <summary>W_V as [heads * d_model, d_head].</summary>
    public Matrix Value { get; }

    /// <summary>W_O as [heads * d_head, d_model].</summary>
    public Matrix Output { get; }

    public Matrix? QueryBias { get; }

    public Matrix? KeyBias { get; }

    public Matrix? ValueBias { get; }

    public Matrix? OutputBias { get; }

    /// <summary>W_in, [d_model, d_mlp].</summary>
    public Matrix MlpIn { get; }

    public Matrix? MlpInBias { get; }

    /// <summary>W_out, [d_mlp, d_model].</summary>
    public Matrix MlpOut { get; }

    public Matrix? MlpOutBias { get; }
}
