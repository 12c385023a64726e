namespace Husai.Reporting.Data;

/// <summary>A transformer at one epoch.</summary>
/// <param name="Epoch">Epochs done.</param>
/// <param name="TrainLoss">Cross-entropy on the training pairs, in nats.</param>
/// <param name="TestLoss">Cross-entropy on the held-out pairs, in nats.</param>
/// <param name="TrainAccuracy">Accuracy on the training pairs, in [0, 1].</param>
/// <param name="TestAccuracy">Accuracy on the held-out pairs, in [0, 1].</param>
public sealed record LearningPoint(int Epoch, double TrainLoss, double TestLoss, double TrainAccuracy, double TestAccuracy);
