using Husai.Autoencoders.Engine;

namespace Husai.Autoencoders.Architectures;

/// <summary>The k largest pre-activations of each row (Gao et al. 2024, section 2.3).</summary>
internal sealed unsafe class TopKArchitecture(EngineSettings settings, TrainingWeights weights) : TrainingArchitecture(settings, weights)
{
    public override bool ChoosesLargestOfRow => true;

    public override void Select(float* row, EntryBlock entries) => RowSelection.TopK(row, Weights.Latents, K, entries);
}
