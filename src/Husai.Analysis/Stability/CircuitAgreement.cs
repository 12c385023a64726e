using Husai.Analysis.Circuits;
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
