namespace Husai.Explorer.Saes;

/// <summary>What a reader looks for among the latents of an SAE.</summary>
/// <param name="Text">Text that their contexts hold, or empty.</param>
/// <param name="Least">Least firing frequency, as it was typed.</param>
/// <param name="Most">Largest firing frequency, as it was typed.</param>
/// <param name="HasContexts">Whether there are contexts to search.</param>
/// <param name="Note">What was searched, or why nothing could be.</param>
/// <param name="IsAtWork">Whether the contexts are still being read.</param>
public sealed record LatentSearch(string Text, string Least, string Most, bool HasContexts, string Note, bool IsAtWork);
