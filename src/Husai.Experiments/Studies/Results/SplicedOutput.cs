using System.ComponentModel;
using Husai.Analysis.Statistics;
using Husai.Analysis.Verdicts;
using Husai.Networks.Splicing;

namespace Husai.Experiments.Studies.Results;

/// <summary>What becomes of a network's output with reconstructions in place of a site's rows; also its entry in <c>summary.json</c>.
/// </summary>
public sealed record SplicedOutput
{
    /// <summary>Rows that were replaced.</summary>
    [Description("Rows of the network that were replaced.")]
    public required long Rows { get; init; }

    /// <summary>Mean cosine of the pooled output with the network's own; null where it has logits.</summary>
    [Description("Mean cosine of the pooled output with the network's own, with its interval over seeds; null where it has logits.")]
    public Interval? Cosine { get; init; }

    /// <summary>Mean KL divergence of the output distribution from the network's own, in nats; null without logits.</summary>
    [Description("Mean KL divergence of the output distribution from the network's own, in nats; null without logits.")]
    public Interval? Kl { get; init; }

    /// <summary>The same measure with zeros in place of the rows.</summary>
    [Description("The same measure with zeros in place of the rows.")]
    public required double Zero { get; init; }

    /// <summary>The same measure with their mean in place of the rows.</summary>
    [Description("The same measure with their mean in place of the rows.")]
    public required double Mean { get; init; }

    /// <summary>Cross-entropy recovered; null without logits.</summary>
    [Description("Share of the cross-entropy that zeros lose and reconstructions keep; null without logits.")]
    public Interval? CrossEntropyRecovered { get; init; }

    /// <summary>Pools the SAEs of a configuration; null where none was measured.</summary>
    internal static SplicedOutput? Of(IReadOnlyList<NetworkSpliceMetrics> seeds)
    {
        if (seeds.Count == 0 || (seeds[0].Cosine ?? seeds[0].Kl) is not { } references)
        {
            return null;
        }

        Interval? Over(Func<NetworkSpliceMetrics, double?> value) => Pooling.Mean([.. seeds.Select(value).OfType<double>()]);
        return new SplicedOutput
        {
            Rows = seeds[0].Rows,
            Cosine = Over(seed => seed.Cosine?.Spliced),
            Kl = Over(seed => seed.Kl?.Spliced),
            Zero = references.Zero,
            Mean = references.Mean,
            CrossEntropyRecovered = Over(seed => seed.CrossEntropyRecovered),
        };
    }
}
