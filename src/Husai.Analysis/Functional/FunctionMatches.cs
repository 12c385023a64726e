using Husai.Analysis.Matching;
using Husai.Analysis.Similarity;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Functional;

/// <summary>Finds the partners that each matcher gives.</summary>
internal static class FunctionMatches
{
    /// <summary>Matches the latents of a pair.</summary>
    /// <param name="matcher">How.</param>
    /// <param name="cosines">Signed cosines of decoder rows, <c>[first, second]</c>.</param>
    /// <param name="correlations">Correlations of activations, the same shape.</param>
    /// <param name="workers">Threads to use.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static Match Find(
        FunctionMatcher matcher, Matrix cosines, Matrix correlations, Workers workers, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return matcher switch
        {
            FunctionMatcher.NearestDecoder => MaximumMatcher.Find(cosines),
            FunctionMatcher.GreedyDecoder => GreedyMatcher.Find(cosines),
            FunctionMatcher.HungarianDecoder => HungarianMatcher.Find(cosines, cancellation),
            FunctionMatcher.MutualDecoder => MutualNearestMatcher.Find(MaximumMatcher.Find(cosines)),
            FunctionMatcher.SinkhornDecoder => SinkhornPlan.Find(cosines, workers, cancellation),
            FunctionMatcher.NearestActivation => MaximumMatcher.Find(correlations),
            FunctionMatcher.HungarianActivation => HungarianMatcher.Find(correlations, cancellation),
            _ => throw new ArgumentOutOfRangeException(nameof(matcher), matcher, "no such matcher"),
        };
    }
}
