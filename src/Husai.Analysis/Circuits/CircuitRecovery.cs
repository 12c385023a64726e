using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Circuits;

/// <summary>Compares dictionaries of one site with its circuit. What depends on the site alone is computed once.</summary>
internal sealed class CircuitRecovery
{
    private readonly Circuit _circuit;
    private readonly RecoveryOptions _options;
    private readonly Workers? _workers;
    private readonly Matrix _squareRoot;
    private readonly RecoveryNulls? _nulls;
    private readonly WhitenedPlanes? _whitened;

    /// <summary>Prepares a site.</summary>
    /// <param name="circuit">Its circuit.</param>
    /// <param name="activations">Its activations, <c>[p², width]</c>, for the null of data points.</param>
    /// <param name="options">How recovery is measured.</param>
    /// <param name="whitenedVariance">Share of variance kept by whitening.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public CircuitRecovery(
        Circuit circuit, Matrix activations, RecoveryOptions? options = null, double whitenedVariance = 0.99, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        ArgumentNullException.ThrowIfNull(activations);
        _circuit = circuit;
        _options = options ?? new RecoveryOptions();
        _workers = workers;
        _squareRoot = circuit.Covariance.SquareRoot(workers);
        if (circuit.Planes.Count > 0)
        {
            _nulls = new RecoveryNulls(circuit, activations, _squareRoot, _options, workers);
            _whitened = new WhitenedPlanes(circuit, whitenedVariance);
        }
    }

    // The same site, whose parts do not change once they are there, with other threads.
    private CircuitRecovery(CircuitRecovery site, Workers? workers)
    {
        (_circuit, _options, _squareRoot) = (site._circuit, site._options, site._squareRoot);
        (_nulls, _whitened) = (site._nulls, site._whitened);
        _workers = workers;
    }

    /// <summary>The same site, measured by other threads; nothing is computed again.</summary>
    /// <param name="workers">Threads to use; the calling one where null.</param>
    public CircuitRecovery With(Workers? workers) => new(this, workers);

    /// <summary>What is known of the site without any dictionary; null when it has no planes.</summary>
    public CircuitReferences? References => _nulls?.References(_workers);

    /// <summary>Measures one dictionary.</summary>
    /// <param name="basis">Directions and activations.</param>
    /// <exception cref="ArgumentException">The dictionary is of another width or modulus, or no latent is alive.</exception>
    public RecoveryReport Measure(BasisUnderTest basis)
    {
        ArgumentNullException.ThrowIfNull(basis);
        if (basis.Dictionary.Width != _circuit.Covariance.Width)
        {
            throw new ArgumentException(
                $"{basis.Dictionary.Name} has width {basis.Dictionary.Width} but the site {_circuit.Covariance.Width}", nameof(basis));
        }

        var selected = AliveBasis.Of(basis, _circuit.Modulus, _options, _workers);
        var recovery = new DictionaryRecovery(_circuit, selected, _workers);
        var energies = recovery.Energies;
        var weights = selected.VarianceShares;
        var probe = recovery.Probe(_options.ProbeLatents);
        var nulls = energies is null ? null : _nulls!.For(energies);
        var whitened = _whitened?.Energies(selected.Decoder, _workers);
        return new RecoveryReport
        {
            Name = basis.Dictionary.Name,
            Latents = basis.Dictionary.Latents,
            Alive = selected.Latents.Length,
            Dead = selected.Dead,
            ZeroRows = selected.ZeroRows,
            FourierOverlap = energies?.BestEnergies.Average(),
            FourierOverlapWeighted = energies is null ? null : Weighted(energies.BestEnergies, weights),
            FourierOverlapWhitened = whitened?.Average(),
            FourierOverlapWhitenedWeighted = whitened is null ? null : Weighted(whitened, weights),
            SpanEnergy = energies?.Totals.Average(),
            SpanEnergyChance = _nulls?.Others.Presence,
            ChoiceOfPlane = recovery.Choice(_nulls?.Others),
            ReadOutShare = energies is null ? null : ReadOut.BestShares(_circuit, selected.Decoder).Average(),
            EncoderReadOutShare = energies is null || selected.Encoder is null
                ? null
                : ReadOut.BestShares(_circuit, selected.Encoder).Average(),
            FourierOverlapAsPublished = Circuits.FourierOverlapAsPublished.Of(basis.Dictionary.Decoder, _circuit.Modulus),
            Nulls = nulls,
            Purity = Means(selected, function => function.Purity),
            SingleLine = Means(selected, function => function.SingleLine),
            SumAny = Means(selected, function => function.SumAny),
            H3 = Means(selected, function => function.H3),
            PurityToCeiling = selected.Functions.Average(function => function.Purity / function.Ceiling),
            Classes = ClassesOf(selected),
            Coverage = energies is null
                ? new Coverage(0, [])
                : CoverageFinder.Find(_circuit, energies, selected.Functions, recovery.WeightedDirections, _nulls!.CovarianceMatched),
            ProbeR2 = probe,
            ProbeR2SumPlanes = probe.MeanOver(_circuit.Planes, plane => plane.Lines[0] == GridLine.Sum),
            GtMcc = recovery.Match(_nulls?.Others, _squareRoot, _options),
            PerLatent = recovery.PerLatent(),
        };
    }

    private static WeightedMean Means(AliveBasis basis, Func<LatentFunction, double> measure)
    {
        var values = Array.ConvertAll(basis.Functions, function => measure(function));
        return new WeightedMean(values.Average(), Weighted(values, basis.VarianceShares));
    }

    private static double Weighted(double[] values, double[] weights) => values.Zip(weights, (value, weight) => value * weight).Sum();

    private static Dictionary<LatentClass, int> ClassesOf(AliveBasis basis) => Enum.GetValues<LatentClass>().ToDictionary(
        kind => kind, kind => kind == LatentClass.Dead ? basis.Dead : basis.Functions.Count(function => function.Class == kind));
}
