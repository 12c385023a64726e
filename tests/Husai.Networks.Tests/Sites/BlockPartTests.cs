using Husai.Networks.Sites;

namespace Husai.Networks.Tests.Sites;

public sealed class BlockPartTests
{
    [Theory]
    [InlineData("encoder.layer.3.attention.output.dense.bias", 3, "AttentionOutput")]
    [InlineData("encoder.layer.3.output.dense.bias", 3, "MlpOutput")]
    [InlineData("encoder.layer.3.attention.output.LayerNorm.weight", 3, "Norm")]
    [InlineData("encoder.layer.3.intermediate.dense.bias", 3, "Other")]
    [InlineData("/model/layers.11/mlp/down_proj/MatMul_output_0", 11, "MlpOutput")]
    [InlineData("/model/layers.11/self_attn/o_proj/MatMul_output_0", 11, "AttentionOutput")]
    [InlineData("/model/layers.11/post_attention_layernorm/Mul_1_output_0", 11, "Norm")]
    [InlineData("transformer.h.0.attn.c_proj.bias", 0, "AttentionOutput")]
    [InlineData("transformer.h.0.mlp.c_proj.bias", 0, "MlpOutput")]
    [InlineData("transformer.h.0.ln_2.weight", 0, "Norm")]
    [InlineData("distilbert.transformer.layer.5.attention.out_lin.bias", 5, "AttentionOutput")]
    [InlineData("distilbert.transformer.layer.5.ffn.lin2.bias", 5, "MlpOutput")]
    [InlineData("gpt_neox.layers.2.attention.dense.bias", 2, "AttentionOutput")]
    [InlineData("gpt_neox.layers.2.mlp.dense_4h_to_h.bias", 2, "MlpOutput")]
    public void Names_of_usual_libraries_tell_block_and_part(string name, int layer, string role) =>
        Assert.Equal(new BlockPart(layer, Enum.Parse<BlockRole>(role)), BlockPart.Parse(name));

    [Theory]
    [InlineData("embeddings.LayerNorm.weight")]
    [InlineData("onnx::MatMul_1203")]
    [InlineData("1203")]
    public void Other_names_tell_nothing(string name) => Assert.Null(BlockPart.Parse(name));
}
