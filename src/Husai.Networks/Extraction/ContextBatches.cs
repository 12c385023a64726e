using Husai.Networks.Text;

namespace Husai.Networks.Extraction;

/// <summary>
/// Puts contexts of like length into one batch, so that little is padded: a few batches' contexts are sorted at a time. The batches are a
/// function of the contexts alone.
/// </summary>
internal static class ContextBatches
{
    private const int SortedBatches = 16;

    public static IEnumerable<TokenContext[]> Of(IEnumerable<TokenContext> contexts, int size) =>
        contexts.Chunk(SortedBatches * size).SelectMany(chunk =>
            chunk.OrderByDescending(context => context.Tokens.Count).ThenBy(context => context.Number).Chunk(size));
}
