using Husai.Experiments.Latents;
using Husai.Formats.Files;

namespace Husai.Explorer.Saes;

/// <summary>Finds latents by the text that they fire on. The text of large SAEs takes its time to be read, and is not waited for.</summary>
internal sealed class ContextSearch(ContextCache contexts)
{
    /// <summary>Excerpts of a latent that are searched, the largest activations first.</summary>
    public const int SearchedExcerpts = 3;

    private const long MostBytes = 64L << 20;

    private readonly AwaitedValues<FileStamp, IReadOnlyList<(int Latent, string Text)>> _texts =
        new(MostBytes, latents => latents.Sum(latent => (2L * latent.Text.Length) + 64));

    /// <summary>The latents whose contexts hold a text, whatever its case; null while the contexts are being read.</summary>
    /// <param name="sae">Folder of the SAE.</param>
    /// <param name="text">The text.</param>
    /// <param name="patience">How long it is waited for.</param>
    /// <exception cref="InvalidFileException">The profiles are damaged.</exception>
    public IReadOnlySet<int>? Find(string sae, string text, TimeSpan patience)
    {
        if (contexts.StampFor(sae) is not { } stamp || contexts.Open(sae) is not { } folder)
        {
            return new HashSet<int>();
        }

        return _texts.Get(stamp, () => Read(folder), patience)
            ?.Where(latent => latent.Text.Contains(text, StringComparison.OrdinalIgnoreCase)).Select(latent => latent.Latent).ToHashSet();
    }

    // Excerpts apart, so that nothing is found across their bounds.
    private static IReadOnlyList<(int Latent, string Text)> Read(LatentFolder folder) =>
    [
        .. folder.Index.Latents.Select(entry => (entry.Latent, string.Join(
            '\n', folder.Read(entry.Latent)!.Top.Take(SearchedExcerpts)
                .Select(excerpt => string.Concat(ExcerptText.Words(excerpt, folder.Index.Tokenizer)))))),
    ];
}
