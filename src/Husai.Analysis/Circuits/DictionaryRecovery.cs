using Husai.Analysis.Chance;
using Husai.Analysis.Similarity;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Circuits;

/// <summary>The parts of a recovery report that look at single latents, probes and matches.</summary>
internal sealed class DictionaryRecovery
{
    // Below this share of variance the answers' mean activations are rounding.
    private const double LeastAnswerShare = 1e-6;
    private static readonly SimilarityOptions AnswerMatch = new() { Cosine = CosineMeasure.Signed, Matcher = Matcher.Hungarian };
    private readonly Circuit _circuit;
    private readonly AliveBasis _basis;
    private readonly Matrix[] _planes;
    private readonly Workers? _workers;

    public DictionaryRecovery(Circuit circuit, AliveBasis basis, Workers? workers)
    {
        _circuit = circuit;
        _basis = basis;
        _workers = workers;
        _planes = [.. circuit.Planes.Select(plane => plane.Basis)];
        Energies = _planes.Length == 0 ? null : PlaneEnergies.Of(_planes, basis.Decoder, workers);
    }

    public PlaneEnergies? Energies { get; }

    /// <summary>Unit decoder rows times the root of each latent's share of variance.</summary>
    public Matrix WeightedDirections
    {
        get
        {
            var rows = UnitRows.Of(_basis.Decoder);
            for (var row = 0; row < rows.Rows; row++)
            {
                Elementwise.Scale(rows.Row(row), (float)Math.Sqrt(_basis.VarianceShares[row]));
            }

            return rows;
        }
    }

    public ProbeResult Probe(IReadOnlyList<int> latents)
    {
        var probe = new SparseProbe(_basis.Maps, _basis.Spectrum, _workers);
        var planes = probe.OfPlanes(_circuit.Planes, latents.Max())
            .Select(explained => (IReadOnlyList<double>)[.. latents.Select(n => explained[n - 1])]).ToArray();
        return new ProbeResult(latents, planes.Length == 0 ? [] : [.. latents.Select((_, n) => planes.Average(plane => plane[n]))], planes);
    }

    public PlaneChoice? Choice(OtherPlanes? others) =>
        Energies is null ? null : PlaneChoice.Of(Energies.BestEnergies.Average(), others!.Overlaps(_basis.Decoder, _workers));

    public CircuitMatch Match(OtherPlanes? others, Matrix squareRoot, RecoveryOptions options) => new(
        Energies is null ? null : PlaneChoice.Of(PlaneMatch.Score(Energies), others!.Matches(_basis.Decoder, _workers)),
        AnswerScore(_basis.Decoder),
        _circuit.AnswerShare < LeastAnswerShare ? null : ChanceLevel.Of([.. Enumerable.Range(0, options.NullDraws).Select(
            draw => AnswerScore(RandomDirections.WithCovariance(
                _basis.Latents.Length, squareRoot, new RandomStream(options.Seed, "null.match", (uint)draw), _workers))!.Value)]));

    public IReadOnlyList<LatentRecovery> PerLatent() =>
    [
        .. _basis.Latents.Select((latent, index) => new LatentRecovery(
            latent, _basis.Functions[index], Energies?.Best[index], Energies?.Energies[index, Energies.Best[index]],
            Energies?.Phases[index], _basis.VarianceShares[index])),
    ];

    private double? AnswerScore(Matrix directions) => _circuit.AnswerShare < LeastAnswerShare
        ? null
        : DictionarySimilarity.Between(
            new LatentDictionary("latents", directions), new LatentDictionary("answers", _circuit.AnswerCentroids), AnswerMatch,
            _workers).Value;
}
