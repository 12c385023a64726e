using System.Buffers.Binary;
using Husai.Formats.Protobuf;

namespace Husai.Networks.Tests;

/// <summary>
/// A small causal network, its ONNX file built field by field, and the same computed plainly: embeddings, a block whose attention is the
/// running sum of the sequence, an MLP, logits. Tensors have numbers for names, weights speaking ones, as exporters write them.
/// </summary>
internal sealed class TinyNetwork
{
    public const int Vocabulary = 64;
    public const int Width = 8;
    public const int Hidden = 12;
    private const long Float = 1;
    private const long Int64 = 7;
    private readonly float[] _embeddings = Weights(1, Vocabulary * Width);
    private readonly float[] _attention = Weights(2, Width * Width);
    private readonly float[] _enter = Weights(3, Width * Hidden);
    private readonly float[] _enterBias = Weights(4, Hidden);
    private readonly float[] _leave = Weights(5, Hidden * Width);
    private readonly float[] _leaveBias = Weights(6, Width);
    private readonly float[] _unembedding = Weights(7, Width * Vocabulary);

    /// <summary>Writes the model, its larger weights into a second file if asked to.</summary>
    public void Write(string path, bool hasExternalWeights = false, string? furtherInput = null)
    {
        using var external = hasExternalWeights ? File.Create(path + ".data") : null;
        var graph = new ProtobufMessage().Add(2, "tiny")
            .Add(1, Node("Gather", ["layers.embed.weight", "input_ids"], "10"))
            .Add(1, Node("CumSum", ["10", "axis"], "11"))
            .Add(1, Node("MatMul", ["11", "layers.0.attn.out_proj.weight"], "12"))
            .Add(1, Node("Add", ["12", "10"], "13"))
            .Add(1, Node("MatMul", ["13", "layers.0.mlp.fc1.weight"], "14"))
            .Add(1, Node("Add", ["layers.0.mlp.fc1.bias", "14"], "15"))
            .Add(1, Node("Relu", ["15"], "16"))
            .Add(1, Node("MatMul", ["16", "20"], "17"))
            .Add(1, Node("Add", ["layers.0.mlp.fc2.bias", "17"], "18"))
            .Add(1, Node("Add", ["18", "13"], "19"))
            .Add(1, Node("MatMul", ["19", "lm_head.weight"], "logits"))
            .Add(5, Tensor("layers.embed.weight", [Vocabulary, Width], _embeddings, external, path))
            .Add(5, new ProtobufMessage().Add(2, Int64).Add(8, "axis").AddBytes(9, [1, 0, 0, 0, 0, 0, 0, 0]))
            .Add(5, Tensor("layers.0.attn.out_proj.weight", [Width, Width], _attention, external, path))
            .Add(5, Tensor("layers.0.mlp.fc1.weight", [Width, Hidden], _enter, external, path))
            .Add(5, Tensor("layers.0.mlp.fc1.bias", [Hidden], _enterBias, null, path))
            .Add(5, Tensor("20", [Hidden, Width], _leave, external, path))
            .Add(5, Tensor("layers.0.mlp.fc2.bias", [Width], _leaveBias, null, path))
            .Add(5, Tensor("lm_head.weight", [Width, Vocabulary], _unembedding, external, path))
            .Add(11, Value("input_ids", Int64, "batch", "sequence"))
            .Add(11, Value("attention_mask", Int64, "batch", "sequence"));
        if (furtherInput is not null)
        {
            graph.Add(11, Value(furtherInput, Float, "batch", "sequence"));
        }

        graph.Add(12, Value("logits", Float, "batch", "sequence", Vocabulary));
        var model = new ProtobufMessage().Add(1, 8).Add(7, graph).Add(8, new ProtobufMessage().Add(2, 17));
        File.WriteAllBytes(path, model.Bytes.ToArray());
    }

    /// <summary>Computes each tensor of a sequence plainly, in doubles: <c>[tokens, width]</c> by the tensor's name.</summary>
    public Dictionary<string, double[][]> Compute(IReadOnlyList<int> ids)
    {
        var embedded = ids.Select(id => _embeddings.Skip(id * Width).Take(Width).Select(value => (double)value).ToArray()).ToArray();
        return ComputeFrom("10", embedded);
    }

    /// <summary>The same from a tensor on: 10 or 13 or 19.</summary>
    public Dictionary<string, double[][]> ComputeFrom(string tensor, double[][] values)
    {
        var found = new Dictionary<string, double[][]> { [tensor] = values };
        if (tensor == "10")
        {
            var sum = new double[Width];
            found["11"] = [.. values.Select(row => (double[])(sum = Add(sum, row)))];
            found["12"] = Product(found["11"], _attention, Width);
            found["13"] = Sum(found["12"], values);
        }

        if (tensor is "10" or "13")
        {
            found["15"] = [.. Product(found["13"], _enter, Hidden).Select(row => Add(row, _enterBias))];
            found["16"] = [.. found["15"].Select(row => row.Select(value => Math.Max(0, value)).ToArray())];
            found["18"] = [.. Product(found["16"], _leave, Width).Select(row => Add(row, _leaveBias))];
            found["19"] = Sum(found["18"], found["13"]);
        }

        found["logits"] = Product(found["19"], _unembedding, Vocabulary);
        return found;
    }

    private static ProtobufMessage Node(string operation, string[] inputs, string output)
    {
        var node = new ProtobufMessage();
        foreach (var input in inputs)
        {
            node.Add(1, input);
        }

        return node.Add(2, output).Add(4, operation);
    }

    private static ProtobufMessage Tensor(string name, long[] shape, float[] values, FileStream? external, string path)
    {
        var tensor = new ProtobufMessage();
        foreach (var size in shape)
        {
            tensor.Add(1, size);
        }

        var bytes = new byte[values.Length * sizeof(float)];
        for (var index = 0; index < values.Length; index++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(index * sizeof(float)), values[index]);
        }

        tensor.Add(2, Float).Add(8, name);
        if (external is null)
        {
            return tensor.AddBytes(9, bytes);
        }

        tensor.Add(13, Entry("location", Path.GetFileName(path) + ".data")).Add(13, Entry("offset", $"{external.Position}"))
            .Add(13, Entry("length", $"{bytes.Length}")).Add(14, 1);
        external.Write(bytes);
        return tensor;
    }

    private static ProtobufMessage Entry(string key, string value) => new ProtobufMessage().Add(1, key).Add(2, value);

    private static ProtobufMessage Value(string name, long type, params object[] dimensions)
    {
        var shape = new ProtobufMessage();
        foreach (var dimension in dimensions)
        {
            shape.Add(1, dimension is int size ? new ProtobufMessage().Add(1, size) : new ProtobufMessage().Add(2, (string)dimension));
        }

        return new ProtobufMessage().Add(1, name).Add(
            2, new ProtobufMessage().Add(1, new ProtobufMessage().Add(1, type).Add(2, shape)));
    }

    private static float[] Weights(int seed, int count) =>
        [.. Enumerable.Range(0, count).Select(index => (float)Math.Sin(1.7 * index + 13.1 * seed) * 0.5f)];

    private static double[] Add(double[] a, IEnumerable<double> b) => [.. a.Zip(b, (x, y) => x + y)];

    private static double[] Add(double[] a, float[] b) => [.. a.Zip(b, (x, y) => x + y)];

    private static double[][] Sum(double[][] a, double[][] b) => [.. a.Zip(b, Add)];

    private static double[][] Product(double[][] rows, float[] weights, int columns) =>
    [
        .. rows.Select(row => Enumerable.Range(0, columns)
            .Select(column => row.Select((value, index) => value * weights[index * columns + column]).Sum()).ToArray()),
    ];
}
