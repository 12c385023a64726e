namespace Husai.Analysis.Verdicts;

/// <summary>How far latents match the features of worlds, in words.</summary>
internal static class FeatureSentences
{
    /// <summary>The configuration whose latents match best; null where that was not measured.</summary>
    public static ConfigurationMeasures? Best(IReadOnlyList<ConfigurationMeasures> configurations) => configurations
        .Where(configuration => configuration.Features is not null).MaxBy(configuration => configuration.Features!.Mcc.Mean);

    /// <summary>The answer of a study; null without worlds.</summary>
    public static string? Answer(IReadOnlyList<ConfigurationMeasures> configurations)
    {
        ConfigurationMeasures[] onWorlds = [.. configurations.Where(configuration => configuration.Truth == KnownTruth.Features)];
        var measured = onWorlds.Where(configuration => configuration.Features is not null)
            .OrderByDescending(configuration => configuration.Features!.Mcc.Mean)
            .Select(configuration => $"{configuration.Name} {configuration.Features!.ToText()}").ToArray();
        return (onWorlds, measured) switch
        {
            ([], _) => null,
            (_, []) => "Not said: no SAE was compared with the features of its world.",
            _ => $"From the best: {StudySentences.Listed(measured)}.",
        };
    }
}
