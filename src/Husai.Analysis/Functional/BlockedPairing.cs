using Husai.Analysis.Matching;
using Husai.Analysis.Similarity;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Functional;

/// <summary>
/// Without a matrix of all pairs, for SAEs of any size: cosines by products that are shown block by block, activations by the rows on which
/// latents fire.
/// </summary>
/// <param name="first">Latents of the first SAE.</param>
/// <param name="second">Latents of the second SAE.</param>
/// <param name="firstCodes">Their activations.</param>
/// <param name="secondCodes">Those of the second.</param>
internal sealed class BlockedPairing(FiringLatents first, FiringLatents second, LatentCodes firstCodes, LatentCodes secondCodes)
    : LatentPairing(new FunctionPair(first, second, new SparseProducts(firstCodes, secondCodes)))
{
    /// <summary>The matchers that need no such matrix.</summary>
    public static IReadOnlyList<FunctionMatcher> Possible { get; } =
    [
        FunctionMatcher.NearestDecoder, FunctionMatcher.HungarianDecoder, FunctionMatcher.MutualDecoder, FunctionMatcher.NearestActivation,
    ];

    /// <summary>Those of them that take no longer than the rest: a certified match one to one is several products.</summary>
    public static IReadOnlyList<FunctionMatcher> Usual { get; } =
        [.. Possible.Where(matcher => matcher != FunctionMatcher.HungarianDecoder)];

    public override IReadOnlyList<Match> Find(
        IReadOnlyList<FunctionMatcher> matchers, Workers workers, Action<double> progress, CancellationToken cancellation)
    {
        var crew = workers.Until(cancellation);
        var number = 0;

        // How many rounds there will be is not known: each counts as half of what is left.
        var decoders = new PairMatches(
            new ComparedRows(first.Decoder, null), new ComparedRows(second.Decoder, null), bothCosines: false, crew, cancellation,
            (round, share) => progress(number + 1 - ((1 - (share / 2)) / (1 << Math.Min(round - 1, 30)))),
            share => progress(number + share));
        var matches = new List<Match>();
        foreach (var matcher in matchers)
        {
            number = matches.Count;
            progress(number);
            matches.Add(matcher switch
            {
                FunctionMatcher.NearestDecoder => decoders.Find(CosineMeasure.Signed, Matcher.Maximum),
                FunctionMatcher.MutualDecoder => decoders.Find(CosineMeasure.Signed, Matcher.MutualNearest),
                FunctionMatcher.HungarianDecoder => decoders.Find(CosineMeasure.Signed, Matcher.Hungarian),
                FunctionMatcher.NearestActivation => new ActivationCorrelations(first, second).Nearest(firstCodes, secondCodes, crew),
                _ => throw new ArgumentOutOfRangeException(nameof(matchers), matcher, "needs a matrix of all pairs"),
            });
        }

        return matches;
    }
}
