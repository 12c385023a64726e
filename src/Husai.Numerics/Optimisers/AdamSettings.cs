namespace Husai.Numerics.Optimisers;

/// <summary>Settings of Adam and AdamW.</summary>
/// <param name="LearningRate">Step size of this step, schedule applied.</param>
/// <param name="Beta1">Decay of the first moment, in [0, 1).</param>
/// <param name="Beta2">Decay of the second moment, in [0, 1).</param>
/// <param name="Epsilon">Added to the root of the second moment.</param>
/// <param name="WeightDecay">Decoupled weight decay (Loshchilov and Hutter 2019): weights shrink by learning rate x decay; 0 is
/// Adam.</param>
internal readonly record struct AdamSettings(
    double LearningRate, double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, double WeightDecay = 0);
