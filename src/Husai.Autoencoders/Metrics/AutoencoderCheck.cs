namespace Husai.Autoencoders;

/// <summary>One line of the verdict on a trained autoencoder.</summary>
/// <param name="Name">What is compared how, such as <c>explained_variance_at_least</c>.</param>
/// <param name="Value">What was measured.</param>
/// <param name="Limit">What it is held against.</param>
/// <param name="Ok">Whether it holds.</param>
/// <param name="RedFlag">Whether not holding is a failure, not just less than expected.</param>
public sealed record AutoencoderCheck(string Name, double Value, double Limit, bool Ok, bool RedFlag)
{
    /// <summary>The verdict.</summary>
    /// <param name="options">What was trained, with the limits.</param>
    /// <param name="metrics">What was measured.</param>
    public static IReadOnlyList<AutoencoderCheck> Of(AutoencoderOptions options, ReconstructionMetrics metrics)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(metrics);
        var limits = options.Checks;
        var checks = new List<AutoencoderCheck>();
        if (options.Architecture is "topk" or "batchtopk" or "matryoshka")
        {
            checks.Add(AtLeast("l0_at_least", metrics.L0, options.K - limits.L0Distance, false));
            checks.Add(AtMost("l0_at_most", metrics.L0, options.K + limits.L0Distance, false));
            checks.Add(AtLeast("l0_not_far_below_k", metrics.L0, options.K * limits.LowestL0Share, true));
        }

        checks.Add(AtLeast("explained_variance_expected", metrics.ExplainedVariance, limits.ExplainedVariance, false));
        checks.Add(AtLeast("explained_variance_lowest", metrics.ExplainedVariance, limits.LowestExplainedVariance, true));
        checks.Add(AtMost("dead_fraction_expected", metrics.DeadFraction, limits.DeadFraction, false));
        checks.Add(AtMost("dead_fraction_highest", metrics.DeadFraction, limits.HighestDeadFraction, true));
        return checks;
    }

    private static AutoencoderCheck AtLeast(string name, double value, double limit, bool redFlag) =>
        new(name, value, limit, value >= limit, redFlag);

    private static AutoencoderCheck AtMost(string name, double value, double limit, bool redFlag) =>
        new(name, value, limit, value <= limit, redFlag);
}
