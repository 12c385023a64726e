using Husai.Analysis;
using Husai.Numerics;

namespace Husai.Experiments.Studies;

/// <summary>The similarities of a set of dictionaries to each other.</summary>
internal sealed class SeedAgreement
{
    private readonly IReadOnlyList<LatentDictionary> _dictionaries;
    private readonly Covariance _covariance;
    private readonly StudyAnalyses _analyses;
    private readonly Workers _workers;
    private readonly PairSimilarity?[,] _best;

    public SeedAgreement(IReadOnlyList<LatentDictionary> dictionaries, Covariance covariance, StudyAnalyses analyses, Workers workers)
    {
        _dictionaries = dictionaries;
        _covariance = covariance;
        _analyses = analyses;
        _workers = workers;
        Alive = [.. dictionaries.Select(dictionary => LatentSelection.Of(dictionary, BestMatchOptions).Latents.Length)];
        _best = new PairSimilarity?[dictionaries.Count, dictionaries.Count];
        ForPairs((i, j) => _best[i, j] = DictionarySimilarity.Between(dictionaries[i], dictionaries[j], BestMatchOptions, workers));
    }

    /// <summary>Latents of each dictionary that take part.</summary>
    public IReadOnlyList<int> Alive { get; }

    // Single latents are held against their best match, whatever the matcher of the whole.
    private SimilarityOptions BestMatchOptions => _analyses.Similarity with
    {
        Matcher = Matcher.Maximum,
        Weights = MatchedWeights.Decoder,
        Reduction = MatchReduction.Mean,
    };

    /// <summary>Mean and matrix of a similarity, with its chance levels at the numbers of alive latents.</summary>
    public SimilarityResult Measure(SimilarityOptions options)
    {
        var set = SetSimilarity.Of(
            _dictionaries, new StabilityOptions { Similarity = options, ChanceDraws = _analyses.ChanceDraws }, _covariance, _workers);
        return new SimilarityResult(
            options.Name, set.Matrix, set.Value,
            new ChanceLevel(set.Chance.Isotropic, set.Chance.IsotropicSe, set.Chance.IsotropicSe > 0 ? _analyses.ChanceDraws : 0),
            new ChanceLevel(set.Chance.CovarianceMatched, set.Chance.CovarianceMatchedSe, _analyses.ChanceDraws));
    }

    /// <summary>Distributions of best-match cosines.</summary>
    public CosineHistogram BestMatches()
    {
        var alive = MeanAlive();
        var histogram = new CosineHistogram(BestMatchOptions.Cosine);
        ForPairs((i, j) => histogram.AddObserved(_best[i, j]!.Match));
        if (alive > 0 && _dictionaries.Count > 1)
        {
            var root = _covariance.SquareRoot();
            var isotropic = new RandomStream(0, "study.matches.isotropic");
            histogram.AddIsotropic(DictionarySimilarity.FindMatch(
                RandomDirections.Isotropic(alive, _covariance.Width, isotropic), RandomDirections.Isotropic(alive, _covariance.Width, isotropic),
                BestMatchOptions, _workers));
            var matched = new RandomStream(0, "study.matches.covariance");
            histogram.AddCovarianceMatched(DictionarySimilarity.FindMatch(
                RandomDirections.WithCovariance(alive, root, matched, _workers), RandomDirections.WithCovariance(alive, root, matched, _workers),
                BestMatchOptions, _workers));
        }

        return histogram;
    }

    /// <summary>Overlaps of the leading directions of the latents that take part.</summary>
    public IReadOnlyList<SubspaceResult> Subspaces()
    {
        var results = new List<SubspaceResult>();
        foreach (var rank in _analyses.SubspaceRanks.Where(rank => rank <= _covariance.Width && _dictionaries.Count > 1))
        {
            var tops = _dictionaries.Select(dictionary => Subspace.Top(
                UnitRows.Of(LatentSelection.Of(dictionary, BestMatchOptions).RowsOf(dictionary.Decoder)), rank, _workers)).ToList();
            var values = Identity(tops.Count);
            ForPairs((i, j) => values[i, j] = values[j, i] = Subspace.Overlap(tops[i], tops[j]));
            results.Add(new SubspaceResult(rank, Jackknife.OfPairs(values), rank / (double)_covariance.Width));
        }

        return results;
    }

    /// <summary>Each latent that took part, by seed.</summary>
    public IReadOnlyList<IReadOnlyList<LatentStability>> Latents() => [.. Enumerable.Range(0, _dictionaries.Count).Select(LatentsOf)];

    private IReadOnlyList<LatentStability> LatentsOf(int seed)
    {
        if (_dictionaries.Count < 2)
        {
            return [];
        }

        var own = LatentSelection.Of(_dictionaries[seed], BestMatchOptions).Latents;
        return [.. own.Select((latent, index) =>
        {
            var partners = new int[_dictionaries.Count];
            var cosines = new double[_dictionaries.Count];
            for (var other = 0; other < partners.Length; other++)
            {
                (partners[other], cosines[other]) = other == seed ? (-1, 1) : BestMatch(seed, index, other);
            }

            return new LatentStability(latent, (cosines.Sum() - 1) / (cosines.Length - 1), partners, cosines);
        })];
    }

    private (int Partner, double Cosine) BestMatch(int seed, int index, int other)
    {
        var pair = seed < other ? _best[seed, other]! : _best[other, seed]!;
        var (partner, cosine, selection) = seed < other
            ? (pair.Match.PartnerOfRow[index], pair.Match.RowSimilarity[index], pair.Second)
            : (pair.Match.PartnerOfColumn[index], pair.Match.ColumnSimilarity[index], pair.First);
        return (selection.Latents[partner], cosine);
    }

    private int MeanAlive() => Alive.Count == 0 ? 0 : (int)Math.Round(Alive.Average());

    private void ForPairs(Action<int, int> measure)
    {
        for (var i = 0; i < _dictionaries.Count; i++)
        {
            for (var j = i + 1; j < _dictionaries.Count; j++)
            {
                measure(i, j);
            }
        }
    }

    internal static double[,] Identity(int size)
    {
        var values = new double[size, size];
        for (var i = 0; i < size; i++)
        {
            values[i, i] = 1;
        }

        return values;
    }

    internal static IReadOnlyList<IReadOnlyList<double>> Rows(double[,] values) =>
        [.. Enumerable.Range(0, values.GetLength(0)).Select(i => (IReadOnlyList<double>)[.. Enumerable.Range(0, values.GetLength(1)).Select(j => values[i, j])])];
}
