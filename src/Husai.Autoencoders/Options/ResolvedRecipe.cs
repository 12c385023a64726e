namespace Husai.Autoencoders;

/// <summary>Options with what the recipe decides filled in.</summary>
internal static class ResolvedRecipe
{
    public static AutoencoderOptions Resolve(AutoencoderOptions options, int width, int trainingRows)
    {
        options.RequireLatents(width);
        var husai = options.Recipe == "husai";
        var topK = options.SelectsByK();
        return options with
        {
            Latents = options.LatentsFor(width),
            AuxCoefficient = options.AuxCoefficient ?? (topK ? 1.0 / 32 : 0),
            AuxK = options.AuxK ?? Math.Max(1, width / 2),
            DeadAfterRows = options.DeadAfterRows ?? trainingRows,
            WarmUpFraction = options.WarmUpFraction ?? (husai ? 0 : 0.05),
            DecayFraction = options.DecayFraction ?? (husai ? 0 : 0.2),
            SparsityWarmUpFraction = options.SparsityWarmUpFraction ?? (husai ? 0 : 0.1),
            KAnnealStart = options.KAnnealStart ?? width,
            ErrorPer = options.ErrorPer ?? (husai ? "width" : "variance"),
            DecoderBiasStart = options.DecoderBiasStart ?? (husai ? "zero" : "median"),
            ProjectDecoderGradient = options.ProjectDecoderGradient ?? !husai,
            InputScaling = options.InputScaling ?? (husai ? "none" : "norm"),
        };
    }
}
