using Husai.Experiments.Studies.Results;

namespace Husai.Reporting.Data;

/// <summary>A latent and its best matches in other seeds.</summary>
/// <param name="Configuration">Name of the configuration.</param>
/// <param name="Title">Why it is shown, such as <c>most stable</c>.</param>
/// <param name="Maps">The latent first, then its match in each other seed.</param>
public sealed record LatentPortrait(string Configuration, string Title, IReadOnlyList<LatentMap> Maps);
