namespace Husai.Analysis.Worlds;

/// <summary>Absorption and hedging over the edges of a world's trees.</summary>
/// <param name="Edges">Number of edges.</param>
/// <param name="FoundEdges">Those of which parent and child are found.</param>
/// <param name="Absorption">Mean of <see cref="TreeEdge.Absorption"/> over found edges; null without one.</param>
/// <param name="MissedWithChild">Mean of <see cref="TreeEdge.MissedWithChild"/> over found edges.</param>
/// <param name="MissedWithoutChild">Mean of <see cref="TreeEdge.MissedWithoutChild"/> over found edges: what absorption has to exceed.
/// </param>
/// <param name="Hedging">Mean of <see cref="TreeEdge.Hedging"/> over edges whose parent is found.</param>
/// <param name="HedgingElsewhere">Mean of <see cref="TreeEdge.HedgingElsewhere"/> over the same edges: chance.</param>
internal sealed record TreeEdgeSummary(
    int Edges, int FoundEdges, double? Absorption, double? MissedWithChild, double? MissedWithoutChild, double? Hedging,
    double? HedgingElsewhere)
{
    /// <summary>Summarises edges; null where there is none.</summary>
    public static TreeEdgeSummary? From(IReadOnlyList<TreeEdge> edges)
    {
        ArgumentNullException.ThrowIfNull(edges);
        if (edges.Count == 0)
        {
            return null;
        }

        TreeEdge[] found = [.. edges.Where(edge => edge.IsFound)];
        TreeEdge[] parents = [.. edges.Where(edge => edge.ParentCosine >= TruthRecovery.FoundCosine)];
        return new TreeEdgeSummary(
            edges.Count, found.Length, found.Average(edge => edge.Absorption), found.Average(edge => edge.MissedWithChild),
            found.Average(edge => edge.MissedWithoutChild), parents.Average(edge => (double?)edge.Hedging),
            parents.Average(edge => edge.HedgingElsewhere));
    }
}
