using Husai.Analysis.Statistics;

namespace Husai.Analysis.Stability;

/// <summary>Mean overlap of main subspaces over the pairs of dictionaries.</summary>
/// <param name="Dimension">Dimension of each subspace.</param>
/// <param name="Overlap">Mean squared cosine of the principal angles.</param>
/// <param name="Chance">Dimension over width.</param>
/// <param name="Activations">The overlap of directions drawn like the activations, as many as there are latents; null without
/// activations.</param>
public sealed record SubspaceAgreement(int Dimension, double Overlap, double Chance, double? Activations)
{
    /// <summary>The overlap with its jackknife interval over seeds; without ends for two dictionaries.</summary>
    public Interval? Interval { get; init; }
}
