using Husai.Autoencoders.Engine;

namespace Husai.Autoencoders.Architectures;

/// <summary>The k x rows largest pre-activations of a whole batch (Bussmann et al. 2024, section 3).</summary>
internal class BatchTopKArchitecture(EngineSettings settings, TrainingWeights weights) : TrainingArchitecture(settings, weights)
{
    private readonly BatchChoice _choice = new(weights, settings.ThresholdMomentum);

    public sealed override BatchChoice? BatchChoice => _choice;

    public sealed override unsafe void Select(float* row, EntryBlock entries) =>
        RowSelection.AtLeast(row, Weights.Latents, Math.Max(_choice.Bound, float.Epsilon), entries);
}
