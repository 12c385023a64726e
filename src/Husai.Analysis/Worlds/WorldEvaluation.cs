namespace Husai.Analysis.Worlds;

/// <summary>What an SAE makes of a world, by the names of SynthSAEBench (arXiv 2602.14687).</summary>
/// <param name="Samples">Number of samples.</param>
/// <param name="TrueL0">Mean number of features that fire.</param>
/// <param name="L0">Mean number of latents that fire.</param>
/// <param name="DeadLatents">Latents that fire on none of the samples.</param>
/// <param name="Shrinkage">Mean of the reconstruction's norm over the sample's, over samples of norm above 1e-6.</param>
/// <param name="ExplainedVariance">1 - mean squared error over the variance of the samples, one ratio over all samples. Where the variance
/// is below 1e-10: 1 if the error is too, else 0.
/// </param>
/// <param name="Recovery">Directions.</param>
/// <param name="Classification">Firing.</param>
public sealed record WorldEvaluation(
    long Samples, double TrueL0, double L0, int DeadLatents, double Shrinkage, double ExplainedVariance, TruthRecovery Recovery,
    LatentClassification Classification);
