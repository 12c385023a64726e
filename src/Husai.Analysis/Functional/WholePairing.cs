using Husai.Analysis.Matching;
using Husai.Analysis.Similarity;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Functional;

/// <summary>By matrices of all pairs.</summary>
internal sealed class WholePairing : LatentPairing
{
    private readonly Matrix _cosines;
    private readonly Matrix _correlations;

    /// <param name="first">Latents of the first SAE.</param>
    /// <param name="second">Latents of the second SAE.</param>
    /// <param name="products">Sums over the rows of the products of their activations, <c>[first, second]</c>.</param>
    /// <param name="workers">Threads to use.</param>
    public WholePairing(FiringLatents first, FiringLatents second, Matrix products, Workers workers)
        : base(new FunctionPair(first, second, new WholeProducts(products)))
    {
        _cosines = CosineMatrix.Of(first.Decoder, second.Decoder, CosineMeasure.Signed, workers);
        _correlations = new ActivationCorrelations(first, second).Of(products);
    }

    public override IReadOnlyList<Match> Find(
        IReadOnlyList<FunctionMatcher> matchers, Workers workers, Action<double> progress, CancellationToken cancellation) =>
        [.. matchers.Select((matcher, number) =>
        {
            progress(number);
            return FunctionMatches.Find(matcher, _cosines, _correlations, workers, cancellation);
        })];
}
