using Husai.Networks.Onnx;

namespace Husai.Networks.Sites;

/// <summary>Who makes and who reads each tensor of a graph, and which tensors are weights.</summary>
internal sealed class TensorFlow
{
    // What gives its input on with another shape or type.
    private static readonly HashSet<string> PassingOperators = ["Reshape", "Identity", "Cast", "Dropout", "Squeeze", "Unsqueeze"];

    private readonly OnnxGraph _graph;
    private readonly IReadOnlyDictionary<string, int> _widths;
    private readonly Dictionary<string, int> _makers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _readers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _weights = new(StringComparer.Ordinal);

    /// <summary>Goes over a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="widths">Widths of the tensors that have a row for each token.</param>
    public TensorFlow(OnnxGraph graph, IReadOnlyDictionary<string, int> widths)
    {
        (_graph, _widths) = (graph, widths);
        foreach (var name in graph.Weights.Keys)
        {
            _weights[name] = [name];
        }

        for (var index = 0; index < graph.Nodes.Count; index++)
        {
            var node = graph.Nodes[index];
            foreach (var input in node.Inputs.Where(input => input.Length > 0))
            {
                (_readers.TryGetValue(input, out var readers) ? readers : _readers[input] = []).Add(index);
            }

            // What is computed of weights alone, such as a transposed or dequantised one, is a weight.
            var isWeight = node.Inputs.All(input => input.Length == 0 || _weights.ContainsKey(input));
            foreach (var output in node.Outputs.Where(output => output.Length > 0))
            {
                _makers[output] = index;
                if (isWeight)
                {
                    _weights[output] = [.. node.Inputs.Where(input => input.Length > 0).SelectMany(input => _weights[input]).Distinct()];
                }
            }
        }
    }

    /// <summary>Whether a tensor is the same whatever the tokens.</summary>
    public bool IsWeight(string tensor) => _weights.ContainsKey(tensor);

    /// <summary>The part of a block that a node belongs to, by its outputs' names, its own, or those of its weights.</summary>
    public BlockPart? PartOf(OnnxNode node) =>
        node.Outputs.Append(node.Name).Concat(node.Inputs.Where(IsWeight).SelectMany(input => _weights[input]))
            .Select(BlockPart.Parse).FirstOrDefault(part => part is not null);

    /// <summary>A tensor itself, or what becomes of it by reshaping, once it has a row for each token; null where it never has.</summary>
    public string? AsSite(string tensor)
    {
        for (var steps = 0; steps < _graph.Nodes.Count; steps++)
        {
            if (_widths.ContainsKey(tensor))
            {
                return tensor;
            }

            if (ReadersOf(tensor).FirstOrDefault(node => PassingOperators.Contains(node.Operator)) is not { } next)
            {
                return null;
            }

            tensor = next.Outputs[0];
        }

        return null;
    }

    /// <summary>The sum that a tensor goes into together with another site: the sum and the other.</summary>
    public (string Sum, string Other)? SumWith(string tensor)
    {
        foreach (var reader in ReadersOf(tensor))
        {
            if (PassingOperators.Contains(reader.Operator) && SumWith(reader.Outputs[0]) is { } further)
            {
                return further;
            }

            if (IsSum(reader) && reader.Inputs.Take(2).FirstOrDefault(input => input != tensor) is { } other && !IsWeight(other)
                && _widths.ContainsKey(other) && SumOf(reader) is { } sum)
            {
                return (sum, other);
            }
        }

        return null;
    }

    /// <summary>The site that the product reads from which a tensor comes; null where there is none.</summary>
    public string? InputOfProduct(string tensor)
    {
        var isBehindProduct = false;
        for (var steps = 0; steps < _graph.Nodes.Count && _makers.TryGetValue(tensor, out var maker); steps++)
        {
            var node = _graph.Nodes[maker];
            isBehindProduct |= node.Operator.Contains("MatMul", StringComparison.Ordinal)
                || node.Operator.Contains("Gemm", StringComparison.Ordinal);
            if (node.Inputs.FirstOrDefault(input => input.Length > 0 && !IsWeight(input)) is not { } input)
            {
                return null;
            }

            tensor = input;
            if (isBehindProduct && _widths.ContainsKey(tensor))
            {
                return tensor;
            }
        }

        return null;
    }

    private static bool IsSum(OnnxNode node) =>
        node.Operator == "Add" || node.Operator.StartsWith("Skip", StringComparison.Ordinal);

    // OnnxRuntime's fused sum and norm has the sum itself as its fourth output.
    private string? SumOf(OnnxNode node) =>
        (node.Operator == "Add" ? node.Outputs[0] : node.Outputs.ElementAtOrDefault(3)) is { Length: > 0 } sum && _widths.ContainsKey(sum)
            ? sum : null;

    private IEnumerable<OnnxNode> ReadersOf(string tensor) =>
        _readers.TryGetValue(tensor, out var readers) ? readers.Select(index => _graph.Nodes[index]) : [];
}
