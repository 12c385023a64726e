using Husai.Autoencoders.Engine;
using Husai.Autoencoders.Options;

namespace Husai.Autoencoders.Training;

/// <summary>An engine's settings from what is trained.</summary>
internal static class EngineSettingsFactory
{
    public static EngineSettings Create(ResolvedOptions options, int width, int batchSize, double variance, float inputScale)
    {
        var given = options.Given;
        var scaledVariance = variance * inputScale * inputScale;
        var common = new EngineSettings
        {
            Method = options.Method,
            BatchSize = batchSize,
            ReconstructionWeight = options.ErrorPer switch
            {
                "width" => 1.0 / width,
                "variance" => scaledVariance > 0 ? 1 / scaledVariance : 1,
                _ => 1,
            },
            InputScale = inputScale,
            AuxiliaryCoefficient = options.Auxiliary is AuxiliaryLoss.Gao or AuxiliaryLoss.SaeLens ? options.AuxCoefficient : 0,
            AuxiliaryByLevel = options.Auxiliary == AuxiliaryLoss.SaeLens,
            RunnerUpCoefficient = options.Auxiliary == AuxiliaryLoss.RunnerUp ? options.AuxCoefficient : 0,
            AuxiliaryK = options.AuxK,
            DeadAfterRows = options.DeadAfterRows,
            NormalisesDecoder = options.DecoderNorm == DecoderNorm.Unit,
            HasDecoderBias = options.DecoderBiasStart != ResolvedOptions.NoDecoderBias,
            ProjectsDecoderGradient = options.ProjectDecoderGradient,
            RescalesByDecoderNorm = options.RescaleByDecoderNorm,
            GradientClipNorm = options.GradientClipNorm,
            ControlledL0 = given.ControlledL0,
            Beta1 = given.Beta1,
            Beta2 = given.Beta2,
            Epsilon = given.Epsilon,
        };
        return options.Method.Configure(common, options);
    }
}
