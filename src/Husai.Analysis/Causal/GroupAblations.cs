namespace Husai.Analysis.Causal;

/// <summary>Ablations of the planes' latents, one by one and all together.</summary>
/// <param name="CleanLoss">Training loss of the model as it is.</param>
/// <param name="Planes">Each plane alone, in the order of the circuit.</param>
/// <param name="CumulativeLoss">Training loss without the latents of the first one, two, ... planes.</param>
/// <param name="CumulativeExcludedLoss">Training loss without the waves of the first one, two, ... planes.</param>
internal sealed record GroupAblations(
    double CleanLoss, IReadOnlyList<GroupAblation> Planes, IReadOnlyList<double> CumulativeLoss,
    IReadOnlyList<double> CumulativeExcludedLoss);
