namespace Husai.Networks.Onnx;

/// <summary>What a network computes: nodes in an order in which they can run, weights by name, outputs by name.</summary>
/// <param name="Nodes">The nodes.</param>
/// <param name="Weights">The weights that the file names, by name.</param>
/// <param name="Outputs">Names of the outputs.</param>
internal sealed record OnnxGraph(
    IReadOnlyList<OnnxNode> Nodes, IReadOnlyDictionary<string, OnnxWeight> Weights, IReadOnlyList<string> Outputs);

/// <summary>One operation.</summary>
/// <param name="Name">Its name, often empty.</param>
/// <param name="Operator">What it does, such as <c>MatMul</c>.</param>
/// <param name="Inputs">Names of the tensors that it reads; an empty one is an input left out.</param>
/// <param name="Outputs">Names of the tensors that it makes; an empty one is an output left out.</param>
internal sealed record OnnxNode(string Name, string Operator, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs);

/// <summary>A weight tensor.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="ExternalFile">The file beside the model that holds its elements; null where the model itself does.</param>
internal sealed record OnnxWeight(string Name, IReadOnlyList<long> Shape, string? ExternalFile);
