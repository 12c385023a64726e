namespace Husai.Autoencoders.Options;

/// <summary>How the squared errors of nested dictionaries become one loss.</summary>
public enum NestedLoss
{
    /// <summary>Their mean (Bussmann et al. 2025, section 3.2, with equal weights that sum to 1).</summary>
    Mean,

    /// <summary>Their plain sum, as SynthSAEBench trains (arXiv 2602.14687).</summary>
    Sum,
}
