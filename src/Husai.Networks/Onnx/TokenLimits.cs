namespace Husai.Networks.Onnx;

/// <summary>How many tokens and positions a network has embeddings for.</summary>
/// <param name="Vocabulary">Number of token ids; null where the graph does not tell.</param>
/// <param name="Positions">Most tokens of a context; null where the graph does not tell.</param>
internal sealed record TokenLimits(int? Vocabulary, int? Positions)
{
    private static readonly HashSet<string> PassingOperators = ["Cast", "Reshape", "Identity", "Unsqueeze", "Squeeze", "Flatten"];
    private static readonly string[] PositionNames = ["position_embedding", "wpe.", "embed_positions"];

    /// <summary>Looks for the embeddings that token ids choose from, and for those of positions.</summary>
    public static TokenLimits Of(OnnxGraph graph)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal) { Running.NetworkInputs.TokenInput };
        int? vocabulary = null;
        foreach (var node in graph.Nodes)
        {
            if (node.Inputs.Count > 0 && PassingOperators.Contains(node.Operator) && ids.Contains(node.Inputs[0]))
            {
                ids.UnionWith(node.Outputs);
            }

            if (node is { Operator: "Gather", Inputs: [var table, var chosen, ..] } && ids.Contains(chosen)
                && graph.Weights.GetValueOrDefault(table) is { Shape: [var rows and <= int.MaxValue, _] })
            {
                vocabulary ??= (int)rows;
            }
        }

        var positions = graph.Weights.Values.FirstOrDefault(weight =>
            weight.Shape.Count == 2 && PositionNames.Any(name => weight.Name.Contains(name, StringComparison.Ordinal)));
        return new TokenLimits(vocabulary, (int?)positions?.Shape[0]);
    }
}
