using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Husai.Transformers.Models;

/// <summary>The architecture: a causal pre-norm transformer with learned positions. The defaults are those of Nanda et al. 2023.</summary>
internal sealed record TransformerOptions
{
    /// <summary>Number of blocks.</summary>
    [Description("Number of blocks, each attention and then an MLP")]
    [Range(1, 16)]
    public int Layers { get; init; } = 1;

    /// <summary>Width of the residual stream (d_model).</summary>
    [Description("Width of the residual stream (d_model)")]
    [Range(1, 4096)]
    public int ModelWidth { get; init; } = 128;

    /// <summary>Attention heads in a block.</summary>
    [Description("Attention heads in a block")]
    [Range(1, 64)]
    public int Heads { get; init; } = 4;

    /// <summary>Width of a head (d_head).</summary>
    [Description("Width of a head's queries, keys and values (d_head)")]
    [Range(1, 1024)]
    public int HeadWidth { get; init; } = 32;

    /// <summary>Neurons in a block's MLP (d_mlp).</summary>
    [Description("Neurons in a block's MLP (d_mlp)")]
    [Range(1, 16384)]
    public int MlpWidth { get; init; } = 512;

    /// <summary>The MLP's activation: <c>relu</c> or <c>gelu</c> (the exact one).</summary>
    [Description("The MLP's activation: relu, or gelu (the exact one, by erf)")]
    [AllowedValues("relu", "gelu")]
    public string Activation { get; init; } = "relu";

    /// <summary>Whether attention, MLP and unembedding read a normalised residual stream.</summary>
    [Description("LayerNorm before attention, MLP and unembedding")]
    public bool LayerNorm { get; init; }

    /// <summary>Which biases are learnt: <c>none</c>, <c>mlp</c> (b_in and b_out) or <c>all</c>.</summary>
    [Description("Which biases are learnt: none, mlp (as in Nanda et al. 2023), or all; those of LayerNorm go with it")]
    [AllowedValues("none", "mlp", "all")]
    public string Biases { get; init; } = "mlp";

    /// <summary>Whether the unembedding is the embedding of the numbers, transposed.</summary>
    [Description("Use the numbers' embedding, transposed, as the unembedding")]
    public bool TiedUnembedding { get; init; }

    /// <summary>How the matrices start; left out of what is written where it is Nanda's.</summary>
    [Description(
        "How the matrices start: nanda (normal with deviation 1 / sqrt(d_model), the unembedding with 1 / sqrt(d_vocab)), or "
            + "transformer_lens (0.8 / sqrt(d_model), the unembedding too)")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public InitialWeights Initialisation { get; init; }

    /// <summary>Width of all heads together.</summary>
    internal int AttentionWidth => Heads * HeadWidth;

    internal bool HasMlpBiases => Biases != "none";

    internal bool HasAttentionBiases => Biases == "all";
}
