using Husai.Experiments.Studies;
using Husai.Experiments.Studies.Results;
using Husai.Reporting.Data;

namespace Husai.Reporting.Studies;

/// <summary>What the report shows of the texts that latents fire on.</summary>
internal static class ContextsBuilder
{
    public static IReadOnlyList<ConfigurationContexts> Build(StudyResults results, ConfigurationNames names) =>
    [
        .. from stored in results.Stored
           from configuration in stored.Configurations
           where configuration.Contexts.Count > 0
           select new ConfigurationContexts(
               names.Of(configuration), [.. configuration.Contexts.Select(latent => Shown(latent, configuration.Tokenizer))]),
    ];

    private static ShownLatent Shown(LatentContextsResult latent, string? tokenizer) => new(
        latent.Title,
        [
            .. latent.Matches.Select(match => new ShownMatch(
                match.Seed, match.Latent, match.Cosine, match.FiringFrequency,
                [.. match.Top.Select(excerpt => MarkedText.Of(excerpt, tokenizer))])),
        ]);
}
