namespace Husai.Transformers.Training;

/// <summary>How well a model predicts a set of inputs.</summary>
/// <param name="Loss">Mean cross-entropy in nats, in double precision.</param>
/// <param name="Accuracy">Share of inputs whose target has the largest logit; ties go to the lower class.</param>
internal readonly record struct Evaluation(double Loss, double Accuracy);
