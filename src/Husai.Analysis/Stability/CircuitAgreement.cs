using Husai.Numerics;

namespace Husai.Analysis;

/// <summary>How far dictionaries lie along the planes of the ground truth: means over the dictionaries, each beside what covariance-matched directions of the same number give.</summary>
/// <param name="FourierOverlap">Mean energy of a live latent's decoder row in its best plane.</param>
/// <param name="FourierOverlapChance">The same for covariance-matched directions.</param>
/// <param name="GtMcc">Matching score against the planes (<see cref="PlaneMatch"/>).</param>
/// <param name="GtMccChance">The same for covariance-matched directions.</param>
public sealed record CircuitAgreement(double FourierOverlap, double FourierOverlapChance, double GtMcc, double GtMccChance)
{
    /// <summary>Measures the live decoder rows of several dictionaries; null when the site has no planes.</summary>
    internal static CircuitAgreement? Of(GroundTruth truth, IReadOnlyList<Matrix> directions, ulong seed, Workers? workers)
    {
        if (truth.Planes.Count == 0)
        {
            return null;
        }

        var bases = truth.Planes.Select(plane => plane.Basis).ToArray();
        var root = truth.Covariance.SquareRoot();
        var found = directions.Select(rows => PlaneEnergies.Of(bases, rows, workers)).ToArray();
        var random = directions.Select((rows, index) => PlaneEnergies.Of(
            bases, RandomDirections.WithCovariance(rows.Rows, root, new RandomStream(seed, "chance.dynamics", (uint)index), workers), workers)).ToArray();
        return new CircuitAgreement(Overlap(found), Overlap(random), found.Average(PlaneMatch.Score), random.Average(PlaneMatch.Score));
    }

    private static double Overlap(PlaneEnergies[] dictionaries) => dictionaries.Average(energies => energies.BestEnergies.Average());
}
