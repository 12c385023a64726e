using Husai.Autoencoders.Engine;
using Husai.Autoencoders.Options;

namespace Husai.Autoencoders.Architectures;

/// <summary>Nested dictionaries, their code chosen as in BatchTopK: <see cref="MatryoshkaArchitecture"/>.</summary>
internal sealed class MatryoshkaMethod : BatchTopKMethod
{
    public override string Name => "matryoshka";

    internal override EngineSettings Configure(EngineSettings settings, ResolvedOptions options) =>
        base.Configure(settings, options) with
        {
            NestedWidths = NestedWidths(options.Given.NestedFractions, options.Latents),
            SumsNestedErrors = options.NestedLoss == NestedLoss.Sum,
        };

    internal override TrainingArchitecture CreateArchitecture(EngineSettings settings, TrainingWeights weights) =>
        new MatryoshkaArchitecture(settings, weights);

    // Of narrow dictionaries several shares may round to the same width; each width counts once.
    private static int[] NestedWidths(IReadOnlyList<double> fractions, int latents) =>
        [.. fractions.Select(fraction => Math.Clamp((int)Math.Round(fraction * latents), 1, latents)).Distinct()];
}
