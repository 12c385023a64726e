namespace Husai.Reporting.Data;

/// <summary>What latents of a configuration and their matches in the other seeds fire on.</summary>
/// <param name="Configuration">Name of the configuration.</param>
/// <param name="Latents">The most and the least stable latents.</param>
public sealed record ConfigurationContexts(string Configuration, IReadOnlyList<ShownLatent> Latents)
{
    /// <summary>The latents under each title, in their order.</summary>
    public IEnumerable<IGrouping<string, ShownLatent>> ByTitle() => Latents.GroupBy(latent => latent.Title);
}

/// <summary>A latent and its matches.</summary>
/// <param name="Title">Why it is shown.</param>
/// <param name="Matches">The latent first, then its match in each other seed.</param>
public sealed record ShownLatent(string Title, IReadOnlyList<ShownMatch> Matches);

/// <summary>What a latent or a match of it fires on.</summary>
/// <param name="Seed">Seed of its SAE.</param>
/// <param name="Latent">Its index.</param>
/// <param name="Cosine">Decoder cosine to the first latent (1 for itself).</param>
/// <param name="FiringFrequency">Share of the rows on which it fires.</param>
/// <param name="Texts">The texts of its largest activations, the largest first.</param>
public sealed record ShownMatch(long Seed, int Latent, double Cosine, double FiringFrequency, IReadOnlyList<MarkedText> Texts);
