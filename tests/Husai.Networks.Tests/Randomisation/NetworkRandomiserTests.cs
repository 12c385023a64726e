using Husai.Formats.Files;
using Husai.Formats.Protobuf;
using Husai.Networks.Onnx;
using Husai.Networks.Randomisation;
using Husai.Networks.Sites;

namespace Husai.Networks.Tests.Randomisation;

public sealed class NetworkRandomiserTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Each_weight_keeps_its_elements_in_another_order(bool hasExternalWeights)
    {
        new TinyNetwork().Write(_folder["tiny.onnx"], hasExternalWeights);
        new TinyNetwork().Write(_folder["inside.onnx"]);
        var file = OnnxFile.Read(_folder["tiny.onnx"]);

        var model = NetworkRandomiser.Randomise(file, 1, KeptWeights.None, out var permuted);

        Assert.Equal(7, permuted);
        var (before, after) = (Weights(File.ReadAllBytes(_folder["inside.onnx"])), Weights(model));
        Assert.Equal(before.Keys, after.Keys);
        Assert.All(before.Keys.Where(name => name != "axis"), name =>
        {
            Assert.NotEqual(before[name], after[name]);
            Assert.Equal(before[name].Order(), after[name].Order());
        });
        Assert.Equal(before["axis"], after["axis"]);
        Assert.Equal(model, NetworkRandomiser.Randomise(file, 1, KeptWeights.None, out _));
        Assert.NotEqual(model, NetworkRandomiser.Randomise(file, 2, KeptWeights.None, out _));
        File.WriteAllBytes(_folder["random.onnx"], model);
        Assert.Equal(
            NetworkSites.Find(file, 1).Select(site => site.Alias),
            NetworkSites.Find(OnnxFile.Read(_folder["random.onnx"]), 1).Select(site => site.Alias));
    }

    [Fact]
    public void Embeddings_can_stay()
    {
        new TinyNetwork().Write(_folder["tiny.onnx"]);
        var file = OnnxFile.Read(_folder["tiny.onnx"]);
        var model = NetworkRandomiser.Randomise(file, 1, KeptWeights.Embeddings, out var permuted);
        Assert.Equal(6, permuted);
        Assert.Equal(Weights(file.Bytes)["layers.embed.weight"], Weights(model)["layers.embed.weight"]);
    }

    [Fact]
    public void Weights_that_are_missing_behind_the_file_are_told_of()
    {
        new TinyNetwork().Write(_folder["tiny.onnx"], hasExternalWeights: true);
        var file = OnnxFile.Read(_folder["tiny.onnx"]);
        File.WriteAllBytes(_folder["tiny.onnx.data"], new byte[100]);
        Assert.Contains(
            "tiny.onnx.data: has 100 bytes",
            Assert.Throws<InvalidFileException>(() => NetworkRandomiser.Randomise(file, 1, KeptWeights.None, out _)).Message);
    }

    private static Dictionary<string, int[]> Weights(ReadOnlySpan<byte> model)
    {
        var weights = new Dictionary<string, int[]>();
        var fields = new ProtobufReader(model);
        while (fields.Next())
        {
            var graph = new ProtobufReader(fields.Field == 7 ? fields.Bytes : default);
            while (graph.Next())
            {
                var tensor = new ProtobufReader(graph.Field == 5 ? graph.Bytes : default);
                var (name, bytes) = ("", Array.Empty<byte>());
                while (tensor.Next())
                {
                    name = tensor.Field == 8 ? tensor.Text : name;
                    bytes = tensor.Field == 9 ? tensor.Bytes.ToArray() : bytes;
                }

                if (name.Length > 0)
                {
                    weights[name] = [.. bytes.Chunk(4).Select(part => BitConverter.ToInt32(part))];
                }
            }
        }

        return weights;
    }
}
