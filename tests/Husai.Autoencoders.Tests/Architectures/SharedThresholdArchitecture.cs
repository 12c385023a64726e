using Husai.Autoencoders.Architectures;
using Husai.Autoencoders.Engine;

namespace Husai.Autoencoders.Tests.Architectures;

/// <summary>Pre-activations above one threshold for all latents.</summary>
internal sealed unsafe class SharedThresholdArchitecture(EngineSettings settings, TrainingWeights weights)
    : TrainingArchitecture(settings, weights)
{
    private readonly Parameter _threshold = weights.Own(SharedThresholdMethod.Threshold);

    public override void Select(float* row, EntryBlock entries) => RowSelection.Above(row, _threshold.Row(0), Weights.Latents, entries);

    protected override double Backward(in RowPass row)
    {
        var entries = row.Entries;
        var sum = 0.0;
        for (var n = row.From; n < row.From + row.Count; n++)
        {
            entries.Gradients[n] = MathF.FusedMultiplyAdd(row.Scale, entries.Gradients[n], row.Penalty);
            sum += entries.Values[n];
        }

        return sum;
    }
}
