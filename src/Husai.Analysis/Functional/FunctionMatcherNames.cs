namespace Husai.Analysis.Functional;

/// <summary>What tables and figures call the matchers.</summary>
internal static class FunctionMatcherNames
{
    /// <summary>The matcher in words.</summary>
    public static string InWords(this FunctionMatcher matcher) => matcher switch
    {
        FunctionMatcher.NearestDecoder => "nearest decoder",
        FunctionMatcher.GreedyDecoder => "greedy decoder",
        FunctionMatcher.HungarianDecoder => "hungarian decoder",
        FunctionMatcher.MutualDecoder => "mutual nearest decoder",
        FunctionMatcher.SinkhornDecoder => "sinkhorn decoder",
        FunctionMatcher.NearestActivation => "nearest activation",
        FunctionMatcher.HungarianActivation => "hungarian activation",
        _ => throw new ArgumentOutOfRangeException(nameof(matcher), matcher, "no such matcher"),
    };
}
