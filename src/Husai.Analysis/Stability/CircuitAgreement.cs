using Husai.Analysis.Circuits;
using Husai.Analysis.Similarity;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Stability;

/// <summary>
/// How far dictionaries lie along the planes of the circuit: means over the dictionaries, each beside the same with other planes of the
/// same span.
/// </summary>
/// <param name="FourierOverlap">Mean energy of a live latent's decoder row in its best plane.</param>
/// <param name="GtMcc">Matching score against the planes (<see cref="PlaneMatch"/>).</param>
public sealed record CircuitAgreement(PlaneChoice FourierOverlap, PlaneChoice GtMcc)
{
    private const int OtherPlaneDraws = 50;

    /// <summary>Measures the live decoder rows of one dictionary; null when the site has no planes, or no latent is live.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="dictionary">The dictionary, with firing frequencies where dead latents are to be left out.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public static CircuitAgreement? Of(Circuit circuit, LatentDictionary dictionary, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        ArgumentNullException.ThrowIfNull(dictionary);
        return LatentSelection.TryOf(dictionary, new SimilarityOptions()) is { } live
            ? Of(circuit, [live.RowsOf(dictionary.Decoder)], 0, workers)
            : null;
    }

    /// <summary>Measures the live decoder rows of several dictionaries; null when the site has no planes.</summary>
    internal static CircuitAgreement? Of(Circuit circuit, IReadOnlyList<Matrix> directions, ulong seed, Workers? workers)
    {
        if (circuit.Planes.Count == 0)
        {
            return null;
        }

        var bases = circuit.Planes.Select(plane => plane.Basis).ToArray();
        var others = new OtherPlanes(bases, OtherPlaneDraws, seed, workers);
        var found = directions.Select(rows => PlaneEnergies.Of(bases, rows, workers)).ToArray();
        return new CircuitAgreement(
            PlaneChoice.Mean(
                [
                    .. found.Zip(
                        directions, (energies, rows) => PlaneChoice.Of(energies.BestEnergies.Average(), others.Overlaps(rows, workers)))]),
            PlaneChoice.Mean(
                [.. found.Zip(directions, (energies, rows) => PlaneChoice.Of(PlaneMatch.Score(energies), others.Matches(rows, workers)))]));
    }
}
