namespace Husai.Analysis.Functional;

/// <summary>How latents are paired whose functions are compared.</summary>
public enum FunctionMatcher
{
    /// <summary>The nearest decoder row by signed cosine, in both directions; partners may be shared.</summary>
    NearestDecoder,

    /// <summary>One to one, always the most similar pair of decoder rows that is left.</summary>
    GreedyDecoder,

    /// <summary>One to one, with the largest sum of signed cosines of decoder rows.</summary>
    HungarianDecoder,

    /// <summary>Pairs of decoder rows in which each is the other's nearest.</summary>
    MutualDecoder,

    /// <summary>The largest element of an entropic transport plan between decoder rows, in both directions.</summary>
    SinkhornDecoder,

    /// <summary>The largest correlation of activations, in both directions; partners may be shared.</summary>
    NearestActivation,

    /// <summary>One to one, with the largest sum of correlations of activations.</summary>
    HungarianActivation,
}
