namespace Husai.Autoencoders;

/// <summary>An engine's settings from what is trained.</summary>
internal static class EngineSettingsFactory
{
    public static EngineSettings Create(ResolvedOptions options, int width, int batchSize, double variance, float inputScale)
    {
        var given = options.Given;
        var scaledVariance = variance * inputScale * inputScale;
        return new EngineSettings
        {
            Architecture = given.Architecture,
            BatchSize = batchSize,
            ReconstructionWeight = options.ErrorPer switch
            {
                "width" => 1.0 / width,
                "variance" => scaledVariance > 0 ? 1 / scaledVariance : 1,
                _ => 1,
            },
            InputScale = inputScale,
            SparsityCoefficient = given.Architecture == "jumprelu" ? given.L0Coefficient
                : given.Architecture is "relu" or "gated" ? given.L1Coefficient : 0,
            WeightsByDecoderNorm = given.NormWeightedL1,
            TargetL0 = given.TargetL0,
            Bandwidth = given.Bandwidth,
            NestedWidths = given.Architecture == "matryoshka" ? NestedWidths(given.NestedFractions, options.Latents) : [],
            ThresholdMomentum = given.ThresholdMomentum,
            AuxiliaryCoefficient = options.AuxCoefficient,
            AuxiliaryK = options.AuxK,
            DeadAfterRows = options.DeadAfterRows,
            NormalisesDecoder = !given.NormWeightedL1,
            ProjectsDecoderGradient = options.ProjectDecoderGradient && !given.NormWeightedL1,
            Beta1 = given.Beta1,
            Beta2 = given.Beta2,
            Epsilon = given.Epsilon,
        };
    }

    // Of narrow dictionaries several shares may round to the same width; each width counts once.
    private static int[] NestedWidths(IReadOnlyList<double> fractions, int latents) =>
        [.. fractions.Select(fraction => Math.Clamp((int)Math.Round(fraction * latents), 1, latents)).Distinct()];
}
