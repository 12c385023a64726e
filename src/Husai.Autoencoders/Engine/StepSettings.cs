namespace Husai.Autoencoders.Engine;

/// <summary>What the schedules decide for one step.</summary>
/// <param name="LearningRate">Step size.</param>
/// <param name="K">Active latents of a row (TopK), or mean of them (BatchTopK, Matryoshka).</param>
/// <param name="SparsityWeight">Factor in [0, 1] on the sparsity penalty.</param>
internal readonly record struct StepSettings(double LearningRate, int K, double SparsityWeight);

/// <summary>What a step measured on its batch, before the update.</summary>
/// <param name="Reconstruction">Reconstruction loss, weighted as in the loss.</param>
/// <param name="Sparsity">Sparsity penalty, weighted.</param>
/// <param name="Auxiliary">Loss of the dead latents' reconstruction of the residual, weighted.</param>
/// <param name="L0">Mean number of active latents.</param>
/// <param name="DeadLatents">Latents that counted as dead during the step.</param>
internal readonly record struct StepResult(double Reconstruction, double Sparsity, double Auxiliary, double L0, int DeadLatents)
{
    public double Loss => Reconstruction + Sparsity + Auxiliary;
}
