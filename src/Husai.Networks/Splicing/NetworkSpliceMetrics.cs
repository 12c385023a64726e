namespace Husai.Networks.Splicing;

/// <summary>What becomes of a network's output with reconstructions, zeros or the mean row in place of a tensor's rows.</summary>
internal sealed record NetworkSpliceMetrics
{
    /// <summary>Contexts that were measured.</summary>
    public required long Contexts { get; init; }

    /// <summary>Rows that were replaced.</summary>
    public required long Rows { get; init; }

    /// <summary>Mean KL divergence of the output distribution from the network's own, in nats; null without logits.</summary>
    public SplicedValues? Kl { get; init; }

    /// <summary>Mean cross-entropy of the next token, in nats; null without logits.</summary>
    public SplicedValues? CrossEntropy { get; init; }

    /// <summary>The network's own cross-entropy.</summary>
    public double? CrossEntropyOfNetwork { get; init; }

    /// <summary>(CE of zeros - CE spliced) / (CE of zeros - CE of the network): 1 if nothing is lost.</summary>
    public double? CrossEntropyRecovered { get; init; }

    /// <summary>Mean cosine of the pooled output with the network's own; null with logits.</summary>
    public SplicedValues? Cosine { get; init; }
}

/// <summary>A measure with three replacements.</summary>
/// <param name="Spliced">Reconstructions in place of the rows.</param>
/// <param name="Zero">Zeros in place of the rows.</param>
/// <param name="Mean">Their mean in place of the rows.</param>
internal sealed record SplicedValues(double Spliced, double Zero, double Mean);
