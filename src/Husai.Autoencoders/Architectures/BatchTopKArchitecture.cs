namespace Husai.Autoencoders;

/// <summary>The k x rows largest pre-activations of a whole batch (Bussmann et al. 2024, section 3).</summary>
internal class BatchTopKArchitecture(EngineSettings settings, TrainingWeights weights) : TrainingArchitecture(settings, weights)
{
    /// <summary>Mean number of active latents of a row.</summary>
    public int K { get; private set; }

    /// <summary>Values below this are no candidates; 0 if not known yet. Decides speed only.</summary>
    public float Bound { get; set; }

    public sealed override void Begin(in StepSettings step) => K = step.K;

    public sealed override unsafe void Select(float* row, EntryBlock entries) =>
        RowSelection.AtLeast(row, Weights.Latents, Math.Max(Bound, float.Epsilon), entries);

    /// <summary>Moves the running threshold, with which the autoencoder is used later, towards the smallest value kept.</summary>
    public void UpdateThreshold(float smallestKept)
    {
        Weights.RunningThreshold = Weights.RunningThreshold < 0
            ? smallestKept : Settings.ThresholdMomentum * Weights.RunningThreshold + (1 - Settings.ThresholdMomentum) * smallestKept;
    }
}
