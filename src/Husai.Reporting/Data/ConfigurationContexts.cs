using Husai.Experiments.Studies.Results;

namespace Husai.Reporting.Data;

/// <summary>What latents of a configuration and their matches in the other seeds fire on.</summary>
/// <param name="Configuration">Name of the configuration.</param>
/// <param name="Tokenizer">How text was split into tokens; null where it is not known.</param>
/// <param name="Latents">The most and the least stable latents.</param>
public sealed record ConfigurationContexts(string Configuration, string? Tokenizer, IReadOnlyList<LatentContextsResult> Latents)
{
    /// <summary>The latents under each title, in their order.</summary>
    public IEnumerable<IGrouping<string, LatentContextsResult>> ByTitle() => Latents.GroupBy(latent => latent.Title);
}
