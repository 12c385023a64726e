namespace Husai.Autoencoders;

/// <summary>An engine's settings from options whose recipe is resolved.</summary>
internal static class EngineSettingsFactory
{
    public static EngineSettings Create(AutoencoderOptions options, int width, int batchSize, double variance, float inputScale)
    {
        var latents = options.Latents!.Value;
        var scaledVariance = variance * inputScale * inputScale;
        return new EngineSettings
        {
            Architecture = options.Architecture,
            BatchSize = batchSize,
            ReconstructionWeight = options.ErrorPer switch
            {
                "width" => 1.0 / width,
                "variance" => scaledVariance > 0 ? 1 / scaledVariance : 1,
                _ => 1,
            },
            InputScale = inputScale,
            SparsityCoefficient = options.Architecture == "jumprelu" ? options.L0Coefficient
                : options.Architecture is "relu" or "gated" ? options.L1Coefficient : 0,
            WeightsByDecoderNorm = options.NormWeightedL1,
            TargetL0 = options.TargetL0,
            Bandwidth = options.Bandwidth,
            NestedWidths = options.Architecture == "matryoshka" ? NestedWidths(options.NestedFractions, latents) : [],
            ThresholdMomentum = options.ThresholdMomentum,
            AuxiliaryCoefficient = options.AuxCoefficient!.Value,
            AuxiliaryK = options.AuxK!.Value,
            DeadAfterRows = options.DeadAfterRows!.Value,
            NormalisesDecoder = !options.NormWeightedL1,
            ProjectsDecoderGradient = options.ProjectDecoderGradient!.Value && !options.NormWeightedL1,
            Beta1 = options.Beta1,
            Beta2 = options.Beta2,
            Epsilon = options.Epsilon,
        };
    }

    // Of narrow dictionaries several shares may round to the same width; each width counts once.
    private static int[] NestedWidths(IReadOnlyList<double> fractions, int latents) =>
        [.. fractions.Select(fraction => Math.Clamp((int)Math.Round(fraction * latents), 1, latents)).Distinct()];
}
