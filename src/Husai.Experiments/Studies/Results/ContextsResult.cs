using Husai.Analysis.Latents;

namespace Husai.Experiments.Studies.Results;

/// <summary>What latents of a configuration and their best matches in the other seeds fire on.</summary>
/// <param name="Tokenizer">How text was split into tokens; null where it is not known.</param>
/// <param name="Latents">The latents.</param>
internal sealed record ContextsResult(string? Tokenizer, IReadOnlyList<LatentContextsResult> Latents)
{
    internal const string FileName = "result.json";
}

/// <summary>One latent and its matches.</summary>
/// <param name="Title">Why it is shown.</param>
/// <param name="Matches">The latent first, then its match in each other seed.</param>
internal sealed record LatentContextsResult(string Title, IReadOnlyList<MatchedContexts> Matches);

/// <summary>What a latent or a match of it fires on.</summary>
/// <param name="Seed">Seed of its SAE.</param>
/// <param name="Latent">Its index.</param>
/// <param name="Cosine">Decoder cosine to the first latent (1 for itself).</param>
/// <param name="FiringFrequency">Share of the rows on which it fires.</param>
/// <param name="Top">The largest activations, each of another document, the largest first.</param>
internal sealed record MatchedContexts(long Seed, int Latent, double Cosine, double FiringFrequency, IReadOnlyList<Excerpt> Top);
