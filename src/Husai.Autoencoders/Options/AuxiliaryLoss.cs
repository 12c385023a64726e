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

    /// <summary>
    /// Dead latents reconstruct the residual as in SAELens: the largest pre-activations whatever their sign, the squared error as it is,
    /// times the number of dead latents over <see cref="SaeOptions.AuxK"/> where that is below 1; of nested dictionaries, the dead latents
    /// that each adds to the one before reconstruct its own residual.
    /// </summary>
    SaeLens,
}
