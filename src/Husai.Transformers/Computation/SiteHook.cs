using Husai.Numerics.Matrices;
using Husai.Transformers.Activations;
using Husai.Transformers.Computation.Plans;

namespace Husai.Transformers.Computation;

/// <summary>Replaces the activations of one site, one position of each sequence, during a forward pass without row sharing.</summary>
/// <param name="Site">The site.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Position">The position.</param>
/// <param name="Replacement">[sequences, width of the site].</param>
internal sealed record SiteHook(ActivationSite Site, int Layer, int Position, Matrix Replacement)
{
    public bool Replaces(ActivationSite site, int layer) => Site == site && Layer == layer;

    /// <summary>Overwrites the rows of the position in a table of these groups.</summary>
    public void Apply(Matrix table, ReadOnlySpan<RowGroup> groups)
    {
        foreach (var group in groups)
        {
            if (group.Position == Position)
            {
                table.SliceRows(group.Start, group.Count).CopyFrom(Replacement);
            }
        }
    }
}
