namespace Husai.Autoencoders.Options;

/// <summary>What the loss of the top-k methods has beside reconstruction, for latents that do not fire.</summary>
public enum AuxiliaryLoss
{
    /// <summary>Dead latents reconstruct the residual (Gao et al. 2024, appendix A.2).</summary>
    Gao,

    /// <summary>
    /// Mean over rows of the squared error times the sum of the k largest |pre-activation| among the latents that were not chosen: the
    /// original project's. It pushes runners-up towards 0 and weighs rows by their size; it revives nothing.
    /// </summary>
    RunnerUp,

    /// <summary>Nothing.</summary>
    None,
}
