using Husai.Analysis.Latents;
using Husai.Experiments.Latents;
using Husai.Explorer.Runs;
using Husai.Formats.Files;
using Husai.Formats.Text;

namespace Husai.Explorer.Saes;

/// <summary>The profiles of the latents of the SAEs looked at last.</summary>
/// <param name="folders">Where they lie.</param>
internal sealed class ContextCache(ContextFolders folders)
{
    private const int BytesOfLatent = 100;
    private const long MostBytes = 32L << 20;
    private const int TopShown = 8;

    private readonly RecentValues<FileStamp, LatentFolder> _folders =
        new(MostBytes, folder => BytesOfLatent * (long)folder.Index.Latents.Count);

    /// <summary>Whether there are profiles of an SAE's latents.</summary>
    public bool Has(string sae) => folders.Find(sae) is not null;

    /// <summary>What a latent fires on; null where no profile of it was written.</summary>
    /// <param name="sae">Folder of its SAE.</param>
    /// <param name="latent">The latent.</param>
    /// <param name="title">What the page calls it.</param>
    public LatentContexts? Read(string sae, int latent, string title)
    {
        try
        {
            return Open(sae) is { } opened && opened.Read(latent) is { } profile
                ? new LatentContexts(title, Shown(profile.Top.Take(TopShown), profile, opened), Shown(profile.Samples, profile, opened))
                {
                    Histogram = profile.Histogram,
                    Rows = opened.Index.Rows,
                }
                : null;
        }
        catch (InvalidFileException error)
        {
            return new LatentContexts(title, [], [], ShownText.Name(error.Message));
        }
    }

    /// <summary>The folder of profiles of an SAE; null where there is none.</summary>
    /// <exception cref="InvalidFileException">It is damaged.</exception>
    public LatentFolder? Open(string sae) => folders.Find(sae) is { } folder
        ? _folders.Get(StampOf(folder), () => LatentFolder.Open(folder))
        : null;

    /// <summary>By which it is seen that the profiles of an SAE were written again; null where there are none.</summary>
    public FileStamp? StampFor(string sae) => folders.Find(sae) is { } folder ? StampOf(folder) : null;

    private static FileStamp StampOf(string folder) => FileStamp.Of(Path.Combine(folder, LatentIndex.FileName));

    private static ShownExcerpt[] Shown(IEnumerable<Excerpt> excerpts, LatentProfile profile, LatentFolder folder) =>
        [.. excerpts.Select(excerpt => Shown(excerpt, profile.LargestActivation, folder.Index.Tokenizer))];

    private static ShownExcerpt Shown(Excerpt excerpt, float largest, string? tokenizer)
    {
        var words = ExcerptText.Words(excerpt, tokenizer);
        var place = excerpt.Inputs is not null ? ExcerptText.Of(excerpt, tokenizer)
            : excerpt.Document is { } document ? FormattableString.Invariant($"document {document}, token {excerpt.Position}")
            : FormattableString.Invariant($"row {excerpt.Row}");
        return new ShownExcerpt(
            ShownText.Number(excerpt.Activation), place,
            [
                .. words.Select((word, index) => new ShownToken(
                    PrintableText.Escape(word), ShadeOf(index < excerpt.Activations.Count ? excerpt.Activations[index] : 0, largest),
                    index == excerpt.Peak)),
            ]);
    }

    private static int ShadeOf(float activation, float largest) => activation > 0 && largest > 0
        ? Math.Clamp((int)Math.Ceiling(ShownToken.Darkest * activation / largest), 1, ShownToken.Darkest)
        : 0;
}
