using Husai.Networks.Onnx;
using Husai.Networks.Running;

namespace Husai.Networks.Sites;

/// <summary>Finds the tensors of a network that have a row for each token, and says what they are where names and the graph tell.</summary>
internal static class SiteFinder
{
    // Numbers that hardly another dimension has.
    private const int ProbedSequences = 3;
    private const int ProbedLength = 11;

    /// <summary>Finds the sites of a network, in the order of its computation.</summary>
    /// <param name="file">The network.</param>
    /// <param name="threads">Threads to use.</param>
    public static IReadOnlyList<NetworkSite> Find(OnnxFile file, int threads)
    {
        var widths = Probe(file, threads);
        var kinds = KindsOf(file.Graph, new TensorFlow(file.Graph, widths));
        return
        [
            .. file.Graph.Nodes.SelectMany(node => node.Outputs).Where(widths.ContainsKey).Select(name =>
                kinds.TryGetValue(name, out var kind)
                    ? new NetworkSite(name, AliasOf(kind.Kind, kind.Layer), kind.Layer, kind.Kind, widths[name])
                    : new NetworkSite(name, null, null, SiteKind.Other, widths[name])),
        ];
    }

    // One run on a few tokens, with every tensor as an output, shows the shapes.
    private static Dictionary<string, int> Probe(OnnxFile file, int threads)
    {
        string[] names = [.. file.Graph.Nodes.SelectMany(node => node.Outputs).Where(name => name.Length > 0).Distinct()];
        using var session = new NetworkSession(file, file.WithOutputs(names), names, threads, isOptimised: false);
        int[] sequence = [.. Enumerable.Range(1, ProbedLength)];
        using var outputs = session.Run(new TokenBatch([.. Enumerable.Repeat(sequence, ProbedSequences)]));
        var widths = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var output = 0; output < names.Length; output++)
        {
            if (outputs.IsFloats(output) && outputs.Shape(output) is [ProbedSequences, ProbedLength, > 1 and <= int.MaxValue and var width])
            {
                widths[names[output]] = (int)width;
            }
        }

        return widths;
    }

    private static Dictionary<string, (SiteKind Kind, int? Layer)> KindsOf(OnnxGraph graph, TensorFlow flow)
    {
        var kinds = new Dictionary<string, (SiteKind Kind, int? Layer)>(StringComparer.Ordinal);
        var parts = graph.Nodes.Select((node, index) => (Node: node, Index: index, Part: flow.PartOf(node)))
            .Where(entry => entry.Part is not null && !entry.Node.Outputs.All(flow.IsWeight)).ToLookup(entry => entry.Part!);
        var layers = parts.Select(group => group.Key.Layer).Distinct().Order().ToArray();
        foreach (var layer in layers)
        {
            var (attention, mlp) = (Last(BlockRole.AttentionOutput), Last(BlockRole.MlpOutput));

            // Norms behind the MLP are those of a network that normalises the residual stream itself, such as BERT.
            var norms = parts[new BlockPart(layer, BlockRole.Norm)].ToArray();
            var isNormedStream = mlp is not null && norms.Any(norm => norm.Index > mlp.Value.Index);
            var afterAttention = attention is null ? null : flow.SumWith(attention.Value.Site);
            var afterMlp = mlp is null ? null : flow.SumWith(mlp.Value.Site);
            if (afterAttention is { } first && first.Sum == afterMlp?.Sum)
            {
                // Attention and MLP side by side: their sum is added to the stream.
                (afterAttention, afterMlp) = (null, flow.SumWith(first.Sum));
            }

            if (layer == layers[0] && (afterAttention ?? afterMlp) is { } start)
            {
                kinds[start.Other] = (SiteKind.Embed, null);
            }

            Note(attention?.Site, SiteKind.AttnOut);
            Note(isNormedStream ? NormBetween(attention?.Index, mlp?.Index) : afterAttention?.Sum, SiteKind.ResidMid);
            Note(mlp is null ? null : flow.InputOfProduct(mlp.Value.Site), SiteKind.MlpHidden);
            Note(mlp?.Site, SiteKind.MlpOut);
            Note(isNormedStream ? NormBetween(mlp?.Index, int.MaxValue) : afterMlp?.Sum, SiteKind.ResidPost);

            void Note(string? site, SiteKind kind)
            {
                if (site is not null)
                {
                    kinds.TryAdd(site, (kind, layer));
                }
            }

            (string Site, int Index)? Last(BlockRole role) =>
                parts[new BlockPart(layer, role)].LastOrDefault() is { Node: { } node } last && flow.AsSite(node.Outputs[0]) is { } site
                    ? (site, last.Index) : null;

            string? NormBetween(int? first, int? last) =>
                norms.LastOrDefault(norm => norm.Index > first && norm.Index < last) is { Node: { } norm }
                    ? flow.AsSite(norm.Outputs[0]) : null;
        }

        return kinds;
    }

    private static string AliasOf(SiteKind kind, int? layer)
    {
        var name = SiteNames.Of(kind);
        return layer is null ? name : FormattableString.Invariant($"{name}.{layer}");
    }
}
