using Husai.Analysis.Chance;
using Husai.Analysis.Geometry;
using Husai.Analysis.Matching;
using Husai.Analysis.Similarity;

namespace Husai.Analysis.Stability;

/// <summary>The steps of a measurement of a set.</summary>
/// <param name="dictionaries">The set.</param>
/// <param name="options">What is measured, and how.</param>
/// <param name="activations">Covariance of the activations, or null.</param>
/// <param name="runner">Runs the null studies.</param>
/// <param name="knownStarts">Pairs that are known to share their start whatever the dictionaries say; null or empty where they are asked
/// alone.</param>
internal sealed class StabilityMeasurement(
    IReadOnlyList<LatentDictionary> dictionaries, StabilityOptions options, Covariance? activations, StudyRunner runner,
    IReadOnlyList<SharedStart>? knownStarts = null)
{
    // Subspaces of wider activations are not compared: each needs all eigenvectors.
    private const int LargestDecomposedWidth = 512;

    private readonly CosineBins _observed = new(options.Similarity.Cosine);
    private readonly CosineBins _sameShape = new(options.Similarity.Cosine);
    private readonly CosineBins _turned = new(options.Similarity.Cosine);

    public SeedStability Measure(LatentActivity? atSite)
    {
        var groups = SimilarityGroup.Of(dictionaries, options.AllSimilarities);
        var main = groups[0];
        var decoders = main.Weights != MatchedWeights.Encoder
            ? main
            : SimilarityGroup.Of(dictionaries, [options.Similarity with { Weights = MatchedWeights.Decoder }])[0];
        var nearest = Asks(StabilityParts.PerLatent) || atSite is not null ? new NearestLatents(dictionaries, decoders.Selections) : null;
        var shared = Asks(StabilityParts.SharedFractions) && SharedFractions.Applies(decoders)
            ? new SharedFractions(dictionaries, decoders, runner)
            : null;
        var starts = knownStarts is { Count: > 0 } ? knownStarts : SharedStarts.Of(dictionaries);
        var cosineToStart = CosineToStart(decoders);
        var axes = activations is not null && Asks(StabilityParts.Turned) ? PrincipalAxes.Of(activations, runner.Workers) : null;
        var similarities = new Dictionary<SimilarityOptions, SeedSimilarity>();
        foreach (var group in groups)
        {
            var isMain = ReferenceEquals(group, main);
            var isDecoders = ReferenceEquals(group, decoders);
            var (scores, certificates) = Scores(group, isMain ? Collect(isDecoders ? nearest : null, isDecoders ? shared : null) : null);
            var measured = new GroupLevels(group, dictionaries, options, activations, runner).Measure(
                scores, axes, starts.Count > 0, cosineToStart, isMain && Asks(StabilityParts.BestMatches) ? _sameShape.Add : null,
                isMain && Asks(StabilityParts.BestMatches) ? _turned.Add : null);
            for (var number = 0; number < measured.Count; number++)
            {
                similarities[group.Similarities[number]] = measured[number] with { Certificate = certificates[number] };
            }
        }

        if (!ReferenceEquals(main, decoders) && (nearest is not null || shared is not null))
        {
            ForPairs("nearest latents", decoders, [], Collect(nearest, shared, bins: false), (_, _, _, _) => { });
        }

        LatentStability[] latents = nearest is null ? []
            : [.. Enumerable.Range(0, nearest.Count).SelectMany(sae => nearest.Stability(sae, options.FoundCosine, options.Confidence))];
        var directions = decoders.Rows.Select(rows => rows.Rows).ToArray();
        var subspaces = Asks(StabilityParts.Subspaces) && dictionaries[0].Width <= LargestDecomposedWidth
            ? new SubspaceComparison(activations, options, runner.Workers)
            : null;
        return new SeedStability
        {
            Options = options.Similarity,
            Saes = [.. dictionaries.Select(dictionary => dictionary.Name)],
            Width = dictionaries[0].Width,
            Latents = [.. dictionaries.Select(dictionary => dictionary.Latents)],
            Alive = main.Sizes,
            Dead = [.. main.Selections.Select(selection => selection.Dead)],
            ZeroRows = [.. main.Selections.Select(selection => selection.ZeroRows)],
            Main = similarities[options.Similarity],
            Further = [.. options.FurtherSimilarities.Select(similarity => similarities[similarity])],
            CosineToStart = cosineToStart,
            SharedStarts = starts,
            Shared = shared?.Measure(options) ?? [],
            Subspaces = subspaces?.Main(directions) ?? [],
            UnstableSubspace = latents.Length > 0 ? subspaces?.Unstable(dictionaries, latents) : null,
            EffectiveRank = subspaces is null
                ? null
                : EffectiveRank.Of(activations ?? DictionarySet.SecondMoments(directions, runner.Workers)),
            StableShare = latents.Count(latent => latent.IsStable) / (double)Math.Max(1, latents.Length),
            UnstableShare = latents.Count(latent => latent.IsUnstable) / (double)Math.Max(1, latents.Length),
            PerLatent = Asks(StabilityParts.PerLatent) ? latents : [],
            BestMatches = Asks(StabilityParts.BestMatches) ? Histogram(main) : null,
            Predictors = atSite is null ? null : StabilityCorrelation.Of(nearest!, atSite.Predictors, options),
            ActivationSimilarity = atSite?.Activations,
            Warnings = SeedStability.WarningsOf(dictionaries, options),
        };
    }

    private bool Asks(StabilityParts part) => options.Parts.HasFlag(part);

    private Action<int, int, PairMatches> Collect(NearestLatents? nearest, SharedFractions? shared, bool bins = true) => (i, j, matches) =>
    {
        if (bins && Asks(StabilityParts.BestMatches))
        {
            _observed.Add(BestMatches.Of(matches, options.Similarity.Cosine));
        }

        nearest?.Add(i, j, matches.Find(CosineMeasure.Signed, Matcher.Maximum));
        shared?.Add(i, j, matches);
    };

    private (double[][][] Scores, MatchCertificate?[] Certificates) Scores(SimilarityGroup group, Action<int, int, PairMatches>? collect)
    {
        var scores = group.Similarities.Select(_ => new StudyScores(1, dictionaries.Count)).ToArray();
        var certificates = new MatchCertificate?[scores.Length];
        ForPairs(
            "similarity", group, [.. group.Similarities.Select((similarity, number) => (number, similarity))], (i, j, matches) =>
            {
                for (var number = 0; number < certificates.Length; number++)
                {
                    certificates[number] = MatchCertificate.OfBoth(certificates[number], matches.CertificateOf(group.Similarities[number]));
                }

                collect?.Invoke(i, j, matches);
            },
            (number, i, j, score) => scores[number].Set(0, i, j, score));
        return (Array.ConvertAll(scores, matrix => matrix.Of(0)), certificates);
    }

    private void ForPairs(
        string stage, SimilarityGroup group, IReadOnlyList<(int, SimilarityOptions)> similarities, Action<int, int, PairMatches>? collect,
        Action<int, int, int, double> set)
    {
        var pairs = dictionaries.Count * (dictionaries.Count - 1) / 2;
        var done = 0;
        Report(0);

        // With single latents both cosines are wanted, and cost little more than one.
        WholeStudies.Score(
            group.Rows, similarities, group.BothCosines
                || (collect is not null && Asks(StabilityParts.PerLatent) && options.Similarity.Cosine == CosineMeasure.Absolute),
            set, (i, j, matches) =>
            {
                collect?.Invoke(i, j, matches);
                done++;
                Report(0);
            }, runner.Workers, runner.Cancellation, runner.ReportRound, Report);

        void Report(double share) => runner.ReportShare(stage, done, share, pairs);
    }

    private double? CosineToStart(SimilarityGroup decoders) => dictionaries.Any(dictionary => dictionary.Start is null)
        ? null
        : dictionaries.Select((dictionary, number) => decoders.Selections[number].Latents.Average(latent =>
            SharedStarts.Cosine(dictionary.Decoder.Row(latent), dictionary.Start!.Decoder.Row(latent)))).Average();

    private BestMatchHistogram Histogram(SimilarityGroup main) => new(
        _observed.Edges, _observed.Shares, _sameShape.Shares, _turned.Shares,
        main.Weights == MatchedWeights.Both ? [] : _observed.Isotropic(main.Width, main.Sizes));
}
