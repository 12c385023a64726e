using Husai.Formats.Protobuf;

namespace Husai.Networks.Onnx;

/// <summary>Reads the graph of an ONNX model; the elements of weights stay where they are.</summary>
internal static class OnnxGraphReader
{
    /// <summary>Reads a model's graph.</summary>
    /// <param name="model">The model's bytes.</param>
    /// <exception cref="InvalidDataException">The bytes are damaged, or hold no graph.</exception>
    public static OnnxGraph Read(ReadOnlySpan<byte> model)
    {
        var nodes = new List<OnnxNode>();
        var weights = new Dictionary<string, OnnxWeight>(StringComparer.Ordinal);
        var outputs = new List<string>();
        var fields = new ProtobufReader(model);
        while (fields.Next())
        {
            // A message that stands there several times is one, put together of its parts.
            if (fields.Field == OnnxFields.ModelGraph)
            {
                AddGraph(fields.Bytes, nodes, weights, outputs);
            }
        }

        return nodes.Count == 0 ? throw new InvalidDataException("no graph") : new OnnxGraph(nodes, weights, outputs);
    }

    private static void AddGraph(
        ReadOnlySpan<byte> graph, List<OnnxNode> nodes, Dictionary<string, OnnxWeight> weights, List<string> outputs)
    {
        var fields = new ProtobufReader(graph);
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case OnnxFields.GraphNode:
                    nodes.Add(ReadNode(fields.Bytes));
                    break;
                case OnnxFields.GraphInitializer:
                    var weight = ReadWeight(fields.Bytes);
                    weights[weight.Name] = weight;
                    break;
                case OnnxFields.GraphOutput:
                    outputs.Add(TextOf(fields.Bytes, OnnxFields.ValueName));
                    break;
                default:
                    break;
            }
        }
    }

    private static OnnxNode ReadNode(ReadOnlySpan<byte> node)
    {
        var (name, operation, inputs, outputs) = ("", "", new List<string>(), new List<string>());
        var fields = new ProtobufReader(node);
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case OnnxFields.NodeInput:
                    inputs.Add(fields.Text);
                    break;
                case OnnxFields.NodeOutput:
                    outputs.Add(fields.Text);
                    break;
                case OnnxFields.NodeName:
                    name = fields.Text;
                    break;
                case OnnxFields.NodeOperator:
                    operation = fields.Text;
                    break;
                default:
                    break;
            }
        }

        return new OnnxNode(name, operation, inputs, outputs);
    }

    private static OnnxWeight ReadWeight(ReadOnlySpan<byte> tensor)
    {
        var (name, shape, external) = ("", new List<long>(), (string?)null);
        var fields = new ProtobufReader(tensor);
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case OnnxFields.TensorShape:
                    fields.AddNumbers(shape);
                    break;
                case OnnxFields.TensorName:
                    name = fields.Text;
                    break;
                case OnnxFields.TensorExternal when TextOf(fields.Bytes, OnnxFields.EntryKey) == "location":
                    external = TextOf(fields.Bytes, OnnxFields.EntryValue);
                    break;
                default:
                    break;
            }
        }

        return new OnnxWeight(name, shape, external);
    }

    private static string TextOf(ReadOnlySpan<byte> message, int field)
    {
        var fields = new ProtobufReader(message);
        while (fields.Next())
        {
            if (fields.Field == field)
            {
                return fields.Text;
            }
        }

        return "";
    }
}
