namespace Husai.Analysis.Causal;

/// <summary>What taking out the latents of one plane does, and what taking out the plane itself does.</summary>
/// <param name="Plane">The plane's name.</param>
/// <param name="Latents">Number of latents assigned to it.</param>
/// <param name="LossIncrease">Increase of the training loss without these latents.</param>
/// <param name="ExcludedIncrease">Increase of the training loss without the plane's waves: the excluded loss at this site, less the clean
/// one.</param>
/// <param name="RandomIncrease">Mean increase without as much variance of random latents.</param>
/// <param name="KeptOnlyLoss">Training loss with these latents alone, about the mean activation.</param>
/// <param name="OwnChange">Relative change of the logits' coefficient of this frequency.</param>
/// <param name="Leakage">Largest relative change of another frequency's coefficient.</param>
internal sealed record GroupAblation(
    string Plane, int Latents, double LossIncrease, double ExcludedIncrease, double RandomIncrease, double KeptOnlyLoss, double OwnChange,
    double Leakage)
{
    /// <summary>Effect of the latents as a share of that of the plane.</summary>
    public double Ratio => LossIncrease / ExcludedIncrease;
}
