using Husai.Formats.Files;
using Husai.Formats.Tensors;
using Husai.Networks.Onnx;

namespace Husai.Networks.Tests.Onnx;

public sealed class OnnxFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_graph_is_read_with_nodes_weights_and_outputs()
    {
        new TinyNetwork().Write(_folder["tiny.onnx"]);

        var graph = OnnxFile.Read(_folder["tiny.onnx"]).Graph;

        Assert.Equal(["Gather", "CumSum", "MatMul", "Add"], graph.Nodes.Take(4).Select(node => node.Operator));
        Assert.Equal(["12", "10"], graph.Nodes[3].Inputs);
        Assert.Equal([64L, 8L], graph.Weights["layers.embed.weight"].Shape);
        Assert.Equal(["logits"], graph.Outputs);
        Assert.Equal(new TokenLimits(64, null), TokenLimits.Of(graph));
    }

    [Fact]
    public void A_file_that_is_cut_anywhere_is_refused_in_one_line()
    {
        new TinyNetwork().Write(_folder["tiny.onnx"]);
        var bytes = File.ReadAllBytes(_folder["tiny.onnx"]);
        for (var length = 0; length < bytes.Length; length += 97)
        {
            File.WriteAllBytes(_folder["cut.onnx"], bytes[..length]);
            var error = Assert.Throws<InvalidFileException>(() => OnnxFile.Read(_folder["cut.onnx"]));
            Assert.Contains("cut.onnx: is no ONNX model, or a truncated one", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Damaged_bytes_are_read_or_refused_but_never_crash_the_reader()
    {
        new TinyNetwork().Write(_folder["tiny.onnx"]);
        var bytes = File.ReadAllBytes(_folder["tiny.onnx"]);
        for (var place = 0; place < bytes.Length; place += 7)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[place] ^= 0xA5;
            try
            {
                OnnxGraphReader.Read(damaged);
            }
            catch (InvalidDataException)
            {
                // What it is refused with.
            }
        }
    }

    [Fact]
    public void The_hash_covers_weights_outside_the_file()
    {
        new TinyNetwork().Write(_folder["tiny.onnx"], hasExternalWeights: true);
        var before = OnnxFile.Read(_folder["tiny.onnx"]).Hash;
        Assert.NotEqual(ContentHash.OfFile(_folder["tiny.onnx"]), before);
        var weights = File.ReadAllBytes(_folder["tiny.onnx.data"]);
        weights[5] ^= 1;
        File.WriteAllBytes(_folder["tiny.onnx.data"], weights);
        Assert.NotEqual(before, OnnxFile.Read(_folder["tiny.onnx"]).Hash);
        File.Delete(_folder["tiny.onnx.data"]);
        var error = Assert.Throws<InvalidFileException>(() => OnnxFile.Read(_folder["tiny.onnx"]));
        Assert.Contains("tiny.onnx.data: no such file", error.Message, StringComparison.Ordinal);
    }
}
