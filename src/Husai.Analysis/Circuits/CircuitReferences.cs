using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Circuits;

/// <summary>What is known of the circuit's planes at a site before any dictionary is looked at.</summary>
/// <param name="Presence">Energy of isotropic directions in the span of all planes: its rank over the width.</param>
/// <param name="DataPoints">Activations about their mean against the planes.</param>
/// <param name="PrincipalComponents">As many leading principal components as the planes have dimensions, against the planes.</param>
public sealed record CircuitReferences(double Presence, PlaneChoice DataPoints, PlaneChoice PrincipalComponents)
{
    internal static CircuitReferences Of(
        Circuit circuit, OtherPlanes others, Matrix dataPoints, PlaneEnergies ofDataPoints, Workers? workers)
    {
        var planes = circuit.Planes.Select(plane => plane.Basis).ToArray();
        var components = BasisUnderTest.PrincipalDirections(circuit.Covariance, others.Rank);
        return new CircuitReferences(
            others.Presence, Choice(ofDataPoints, dataPoints), Choice(PlaneEnergies.Of(planes, components, workers), components));

        PlaneChoice Choice(PlaneEnergies energies, Matrix directions) =>
            PlaneChoice.Of(energies.BestEnergies.Average(), others.Overlaps(directions, workers));
    }
}
