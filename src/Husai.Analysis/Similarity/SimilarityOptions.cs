using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Husai.Analysis.Statistics;

namespace Husai.Analysis.Similarity;

/// <summary>Everything that defines the similarity of two dictionaries; <see cref="Name"/> says it in full.</summary>
public sealed record SimilarityOptions
{
    /// <summary>Signed or absolute cosine. Default: absolute.</summary>
    [Description("Signed or absolute cosine.")]
    public CosineMeasure Cosine { get; init; } = CosineMeasure.Absolute;

    /// <summary>How latents are paired. Default: the best of each, both directions averaged.</summary>
    [Description("How the latents of two dictionaries are paired.")]
    public Matcher Matcher { get; init; } = Matcher.Maximum;

    /// <summary>Which weights are compared. Default: the decoder's.</summary>
    [Description("Which weights of a latent are compared.")]
    public MatchedWeights Weights { get; init; } = MatchedWeights.Decoder;

    /// <summary>How matched cosines become one number. Default: their mean.</summary>
    [Description("How the matched cosines become one number.")]
    public MatchReduction Reduction { get; init; } = MatchReduction.Mean;

    /// <summary>A latent is shared when its matched cosine is above this. Default: 0.7.</summary>
    [Description("A latent is shared when its matched cosine is above this.")]
    [Range(-1.0, 1.0)]
    public double Threshold { get; init; } = 0.7;

    /// <summary>Whether latents that never fire take part. Default: no, since they are still where initialisation put them.</summary>
    [Description("Whether latents that never fire take part.")]
    public bool IncludeDead { get; init; }

    /// <summary>A latent that fires on a smaller share of the rows is dead. Default: 1e-5.</summary>
    [Description("A latent that fires on a smaller share of the rows is dead.")]
    [Range(0.0, 1.0)]
    public double DeadThreshold { get; init; } = 1e-5;

    /// <summary>
    /// The original project's PWMCC, for its published tables only: absolute cosine, best of each in both directions, decoder, mean, with
    /// dead latents, which are still where initialisation put them and pull every score towards chance. Its tests over pairs are
    /// <see cref="MannWhitney"/> and <see cref="EffectSize.CohenD"/>.
    /// </summary>
    public static SimilarityOptions AsPublished { get; } = new() { IncludeDead = true };

    /// <summary>The four choices in words, such as <c>abs cosine, max, decoder, mean</c>.</summary>
    public string Name => string.Create(
        CultureInfo.InvariantCulture, $"{CosineName} cosine, {MatcherName}, {WeightsName}, {ReductionName}");

    /// <summary>Whether matches come from the nearest latents of each side, which need no matrix of all cosines.</summary>
    internal bool IsNearest => Matcher is Matcher.Maximum or Matcher.MutualNearest;

    private string CosineName => Cosine == CosineMeasure.Absolute ? "abs" : "signed";

    private string MatcherName => Matcher switch
    {
        Matcher.Maximum => "max",
        Matcher.Hungarian => "hungarian",
        Matcher.MutualNearest => "mutual-nn",
        _ => "greedy",
    };

    private string WeightsName => Weights switch
    {
        MatchedWeights.Decoder => "decoder",
        MatchedWeights.Encoder => "encoder",
        _ => "both",
    };

    private string ReductionName => Reduction == MatchReduction.Mean
        ? "mean"
        : string.Create(CultureInfo.InvariantCulture, $"fraction>{Threshold:0.###}");
}
