namespace Husai.Autoencoders.Engine;

/// <summary>What a choice of latents over the whole batch keeps from batch to batch.</summary>
internal sealed class BatchChoice(TrainingWeights weights, double thresholdMomentum)
{
    /// <summary>Values below this are no candidates; 0 if not known yet. Decides speed only.</summary>
    public float Bound { get; set; }

    /// <summary>Moves the running threshold, with which the SAE is used later, towards the smallest value kept.</summary>
    public void UpdateThreshold(float smallestKept)
    {
        weights.RunningThreshold = weights.RunningThreshold < 0
            ? smallestKept : thresholdMomentum * weights.RunningThreshold + (1 - thresholdMomentum) * smallestKept;
    }
}
