using System.Globalization;
using Husai.Analysis.Chance;
using Husai.Analysis.Statistics;

namespace Husai.Analysis.Verdicts;

/// <summary>How far latents match the features of a world.</summary>
/// <param name="Mcc">
/// Mean absolute cosine of latents and features, one to one, over min(latents, features) pairs, in [0, 1] (SynthSAEBench, arXiv
/// 2602.14687); its interval is over seeds.
/// </param>
/// <param name="Chance">The same of random decoders of the same shape.</param>
public sealed record FeatureScore(Interval Mcc, ChanceLevel Chance)
{
    /// <summary>The score beside its level, such as <c>MCC 0.760 (chance 0.148)</c>.</summary>
    public string ToText() => string.Create(CultureInfo.InvariantCulture, $"MCC {Mcc.Mean:0.000} (chance {Chance.Value:0.000})");
}
