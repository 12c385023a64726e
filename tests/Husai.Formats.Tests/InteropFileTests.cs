using Husai.Formats.Numpy;
using Husai.Formats.Safetensors;
using Husai.Formats.Tensors;
using Husai.Formats.Torch;

namespace Husai.Formats.Tests;

/// <summary>The containers of other libraries' sparse autoencoders open (tests/Oracles/make_interop_files.py).</summary>
public sealed class InteropFileTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Oracles", "interop");

    [Theory]
    [InlineData("sae-lens-standard/sae_weights.safetensors", "W_enc", 6, 10)]
    [InlineData("sae-lens-bfloat16/sae_weights.safetensors", "W_dec", 10, 6)]
    [InlineData("sparsify-topk/sae.safetensors", "W_dec", 10, 6)]
    [InlineData("dictionary-learning-relu/ae.pt", "decoder.weight", 6, 10)]
    [InlineData("dictionary-learning-backup/ae.pt", "ae.encoder.weight", 10, 6)]
    [InlineData("openai-topk/autoencoder.pt", "encoder.weight", 10, 6)]
    [InlineData("gemma-scope/params.npz", "W_enc", 6, 10)]
    public void Each_layout_holds_its_weights(string name, string tensor, int rows, int columns)
    {
        var matrix = Read(name).Require(tensor, rows, columns).ToMatrix();
        Assert.Equal((rows, columns), (matrix.Rows, matrix.Columns));
        Assert.Contains(matrix.AsSpan().ToArray(), value => value != 0);
    }

    [Fact]
    public void Plain_values_in_checkpoints_are_metadata()
    {
        var openAi = Read("openai-topk/autoencoder.pt").Metadata;
        Assert.Equal(("TopK", "3", "ReLU"), (
            openAi["activation"], openAi["activation_state_dict.k"], openAi["activation_state_dict.postact_fn"]));
        Assert.Equal("500", Read("dictionary-learning-backup/ae.pt").Metadata["step"]);
        Assert.Equal([3L], Read("dictionary-learning-topk/ae.pt").Require("k").ToInt64s());
        Assert.Equal([0.75], Read("sae-lens-batchtopk-training/sae_weights.safetensors").Require("topk_threshold").ToDoubles());
    }

    [Fact]
    public void Every_file_opens()
    {
        var files = Directory.GetFiles(Folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".safetensors" or ".pt" or ".npz").ToList();
        Assert.Equal(31, files.Count);
        Assert.All(files, file => Assert.NotEmpty(Read(Path.GetRelativePath(Folder, file)).Tensors));
    }

    private static TensorFile Read(string name) => Path.GetExtension(name) switch
    {
        ".safetensors" => SafetensorsFile.Read(Path.Combine(Folder, name)),
        ".npz" => NumpyArchive.Read(Path.Combine(Folder, name)),
        _ => TorchFile.Read(Path.Combine(Folder, name)),
    };
}
