using Husai.Analysis.Geometry;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Circuits;

/// <summary>The planes in coordinates where the activations have unit covariance.</summary>
internal sealed class WhitenedPlanes
{
    private readonly Whitening _whitening;
    private readonly Matrix[] _bases;

    public WhitenedPlanes(Circuit circuit, double varianceKept)
    {
        _whitening = Whitening.Of(circuit.Covariance, varianceKept);
        _bases = [.. circuit.Planes.Select(plane => OrthonormalSpan.Of(_whitening.Apply(plane.Basis)))];
    }

    /// <summary>Best-plane energy of each direction; 0 for one without any component among the kept directions.</summary>
    public double[] Energies(Matrix directions, Workers? workers) =>
        PlaneEnergies.Of(_bases, _whitening.Apply(directions, workers), workers).BestEnergies;
}
