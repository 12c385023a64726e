namespace Husai.Autoencoders.Engine;

/// <summary>What the schedules decide for one step.</summary>
/// <param name="LearningRate">Step size.</param>
/// <param name="K">Active latents of a row (TopK), or mean of them (BatchTopK, Matryoshka).</param>
/// <param name="SparsityWeight">Factor in [0, 1] on the sparsity penalty.</param>
/// <param name="ControlsSparsity">Whether the weight of the penalty is steered after this step, where it is steered at all.</param>
internal readonly record struct StepSettings(double LearningRate, int K, double SparsityWeight, bool ControlsSparsity = true);
