using Husai.Formats.Protobuf;

namespace Husai.Networks.Onnx;

/// <summary>Writes changed copies of a model; fields that are not known are kept as they are.</summary>
internal static class OnnxRewriter
{
    /// <summary>A model in which whatever reads a tensor reads a new input of the graph.</summary>
    /// <param name="model">The model's bytes.</param>
    /// <param name="tensor">The tensor; outputs of the graph keep it.</param>
    /// <param name="input">Name of the input, 32-bit floats with three dimensions.</param>
    public static byte[] WithReplacedTensor(ReadOnlySpan<byte> model, string tensor, string input)
    {
        const int floats = 1;
        var dimension = new ProtobufMessage();
        var shape = new ProtobufMessage().Add(OnnxFields.ShapeDimension, dimension).Add(OnnxFields.ShapeDimension, dimension)
            .Add(OnnxFields.ShapeDimension, dimension);
        var type = new ProtobufMessage().Add(
            OnnxFields.TypeTensor,
            new ProtobufMessage().Add(OnnxFields.TensorTypeElement, floats).Add(OnnxFields.TensorTypeShape, shape));
        var value = new ProtobufMessage().Add(OnnxFields.ValueName, input).Add(OnnxFields.ValueType, type);
        var added = new ProtobufMessage().Add(OnnxFields.GraphInput, value);
        return
        [
            .. WithGraphs(model, OnnxFields.ModelGraph, graph => WithNodes(graph, tensor, input)).Bytes,
            .. new ProtobufMessage().Add(OnnxFields.ModelGraph, added).Bytes,
        ];
    }

    /// <summary>A model with other elements in some of its weights.</summary>
    /// <param name="model">The model's bytes.</param>
    /// <param name="change">Gives a weight's message as it shall be; null to keep it.</param>
    public static byte[] WithWeights(ReadOnlySpan<byte> model, WeightChange change)
    {
        return WithGraphs(model, OnnxFields.ModelGraph, Changed).Bytes.ToArray();

        ProtobufMessage Changed(ReadOnlySpan<byte> graph)
        {
            var message = new ProtobufMessage();
            var fields = new ProtobufReader(graph);
            while (fields.Next())
            {
                _ = fields.Field == OnnxFields.GraphInitializer && change(fields.Bytes) is { } weight
                    ? message.Add(fields.Field, weight) : message.AddWhole(fields.Whole);
            }

            return message;
        }
    }

    /// <summary>Gives a weight's message as it shall be; null to keep it.</summary>
    public delegate ProtobufMessage? WeightChange(ReadOnlySpan<byte> weight);

    private delegate ProtobufMessage Rewrite(ReadOnlySpan<byte> message);

    private static ProtobufMessage WithGraphs(ReadOnlySpan<byte> message, int graph, Rewrite rewrite)
    {
        var copy = new ProtobufMessage();
        var fields = new ProtobufReader(message);
        while (fields.Next())
        {
            _ = fields.Field == graph ? copy.Add(graph, rewrite(fields.Bytes)) : copy.AddWhole(fields.Whole);
        }

        return copy;
    }

    private static ProtobufMessage WithNodes(ReadOnlySpan<byte> graph, string tensor, string input) =>
        WithGraphs(graph, OnnxFields.GraphNode, node => WithInput(node, tensor, input));

    // A node that runs a graph of its own, such as an If, may read the tensor there.
    private static ProtobufMessage WithInput(ReadOnlySpan<byte> node, string tensor, string input)
    {
        var copy = new ProtobufMessage();
        var fields = new ProtobufReader(node);
        while (fields.Next())
        {
            _ = fields.Field switch
            {
                OnnxFields.NodeInput when fields.Text == tensor => copy.Add(OnnxFields.NodeInput, input),
                OnnxFields.NodeAttribute => copy.Add(
                    OnnxFields.NodeAttribute,
                    WithGraphs(fields.Bytes, OnnxFields.AttributeGraph, graph => WithNodes(graph, tensor, input))),
                _ => copy.AddWhole(fields.Whole),
            };
        }

        return copy;
    }
}
