using Husai.Numerics;

namespace Husai.Analysis;

/// <summary>The parts of a recovery report that look at single latents, probes and matches.</summary>
internal sealed class RecoveryOf
{
    // Below this share of variance the answers' mean activations are rounding.
    private const double LeastAnswerShare = 1e-6;
    private static readonly SimilarityOptions AnswerMatch = new() { Cosine = CosineMeasure.Signed, Matcher = Matcher.Hungarian };
    private readonly GroundTruth _truth;
    private readonly AliveBasis _basis;
    private readonly Matrix[] _planes;
    private readonly Workers? _workers;

    public RecoveryOf(GroundTruth truth, AliveBasis basis, Workers? workers)
    {
        _truth = truth;
        _basis = basis;
        _workers = workers;
        _planes = [.. truth.Planes.Select(plane => plane.Basis)];
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
        var planes = _truth.Planes.Select(plane => probe.OfPlane(plane, latents.Max()))
            .Select(explained => (IReadOnlyList<double>)[.. latents.Select(n => explained[n - 1])]).ToArray();
        return new ProbeResult(latents, planes.Length == 0 ? [] : [.. latents.Select((_, n) => planes.Average(plane => plane[n]))], planes);
    }

    public GroundTruthMatch Match(Matrix squareRoot, RecoveryOptions options)
    {
        var planes = new double[options.NullDraws];
        var answers = new double[options.NullDraws];
        for (var draw = 0; draw < options.NullDraws; draw++)
        {
            var random = RandomDirections.WithCovariance(_basis.Latents.Length, squareRoot, new RandomStream(options.Seed, "null.match", (uint)draw), _workers);
            planes[draw] = Energies is null ? 0 : PlaneMatch.Score(PlaneEnergies.Of(_planes, random, _workers));
            answers[draw] = AnswerScore(random) ?? 0;
        }

        return new GroundTruthMatch(
            Energies is null ? null : PlaneMatch.Score(Energies), Energies is null ? null : ChanceLevel.Of(planes),
            AnswerScore(_basis.Decoder), _truth.AnswerShare < LeastAnswerShare ? null : ChanceLevel.Of(answers));
    }

    public IReadOnlyList<LatentRecovery> PerLatent() =>
    [
        .. _basis.Latents.Select((latent, index) => new LatentRecovery(
            latent, _basis.Functions[index], Energies?.Best[index], Energies?.Energies[index, Energies.Best[index]], Energies?.Phases[index], _basis.VarianceShares[index])),
    ];

    private double? AnswerScore(Matrix directions) => _truth.AnswerShare < LeastAnswerShare
        ? null
        : DictionarySimilarity.Between(
            new LatentDictionary("latents", directions), new LatentDictionary("answers", _truth.AnswerCentroids), AnswerMatch, _workers).Value;
}
