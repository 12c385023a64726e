namespace Husai.Autoencoders.Engine;

/// <summary>What the schedules decide for one step.</summary>
/// <param name="LearningRate">Step size.</param>
/// <param name="K">Active latents of a row (TopK), or mean of them (BatchTopK, Matryoshka).</param>
/// <param name="SparsityWeight">Factor in [0, 1] on the sparsity penalty.</param>
internal readonly record struct StepSettings(double LearningRate, int K, double SparsityWeight);
