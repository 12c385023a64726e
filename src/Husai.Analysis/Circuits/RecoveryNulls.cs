using Husai.Analysis.Chance;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Circuits;

/// <summary>Energies of directions that know nothing of the circuit.</summary>
internal sealed class RecoveryNulls
{
    private readonly double _closedForm;
    private readonly PlaneEnergies _isotropic;
    private readonly PlaneEnergies _dataPoints;

    private readonly Circuit _circuit;
    private readonly Matrix _points;
    private CircuitReferences? _references;

    public RecoveryNulls(Circuit circuit, Matrix activations, Matrix squareRoot, RecoveryOptions options, Workers? workers)
    {
        _circuit = circuit;
        var bases = circuit.Planes.Select(plane => plane.Basis).ToArray();
        var width = circuit.Covariance.Width;
        var count = options.NullDirections;
        _closedForm = IsotropicEnergy.Best(bases.Length, width);
        _isotropic = PlaneEnergies.Of(
            bases, RandomDirections.Isotropic(count, width, new RandomStream(options.Seed, "null.isotropic")), workers);
        CovarianceMatched = PlaneEnergies.Of(
            bases, RandomDirections.WithCovariance(count, squareRoot, new RandomStream(options.Seed, "null.covariance"), workers), workers);
        _points = DataPoints(circuit, activations, new RandomStream(options.Seed, "null.data"), count);
        _dataPoints = PlaneEnergies.Of(bases, _points, workers);
        Others = new OtherPlanes(bases, options.OtherPlanes, options.Seed, workers);
    }

    public PlaneEnergies CovarianceMatched { get; }

    public OtherPlanes Others { get; }

    /// <summary>What is known without any dictionary, which verdicts alone ask for; computed once.</summary>
    public CircuitReferences References(Workers? workers) =>
        _references ??= CircuitReferences.Of(_circuit, Others, _points, _dataPoints, workers);

    public EnergyNulls For(PlaneEnergies latents)
    {
        var energies = latents.BestEnergies;
        return new EnergyNulls(
            _closedForm, EnergyNull.Of(energies, _isotropic.BestEnergies), EnergyNull.Of(energies, CovarianceMatched.BestEnergies),
            EnergyNull.Of(energies, _dataPoints.BestEnergies));
    }

    private static Matrix DataPoints(Circuit circuit, Matrix activations, RandomStream stream, int count)
    {
        var rows = new Matrix(Math.Min(count, activations.Rows), activations.Columns);
        var chosen = stream.Sample(activations.Rows, rows.Rows);
        for (var row = 0; row < rows.Rows; row++)
        {
            for (var i = 0; i < rows.Columns; i++)
            {
                rows.Row(row)[i] = (float)(activations.Row(chosen[row])[i] - circuit.Covariance.Mean[i]);
            }
        }

        return rows;
    }
}
