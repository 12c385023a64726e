using Husai.Explorer.Hosting;
using Husai.Explorer.Runs;

namespace Husai.Explorer.Saes;

/// <summary>The SAEs looked at last.</summary>
internal sealed class SaeCache
{
    /// <summary>Bytes of the SAEs that are kept.</summary>
    public const long MostBytes = 240L << 20;

    private const long LargeBytes = 32L << 20;
    private readonly RecentValues<FileStamp, LoadedSae> _saes = new(MostBytes, sae => sae.Bytes);

    /// <summary>The SAE of a folder, read again when its weights were written again.</summary>
    /// <exception cref="NothingThereException">There is no SAE (yet, or any more).</exception>
    public LoadedSae Read(string folder)
    {
        var stamp = FileStamp.OfWeights(folder);
        return stamp.Length < 0
            ? throw new NothingThereException(
                $"{ShownText.Name(Path.GetFileName(folder))} holds no SAE (yet, or any more): there is no sae_weights.safetensors in it.")
            : _saes.Get(stamp, () => Load(folder));
    }

    // Reading leaves as much garbage as an SAE is large, and the collector does not hurry.
    private static LoadedSae Load(string folder)
    {
        var sae = LoadedSae.Read(folder);
        if (sae.Bytes > LargeBytes)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }

        return sae;
    }

    /// <summary>The other SAEs beside one, which differ in the seed where a study or a training over seeds wrote them.</summary>
    public static IReadOnlyList<string> Beside(string folder, FolderTree tree)
    {
        var around = Path.GetDirectoryName(folder);
        return around is null || !tree.Holds(around)
            ? []
            :
            [
                .. new DirectoryInfo(around).EnumerateDirectories()
                    .Where(other => other.FullName != folder && !other.Attributes.HasFlag(FileAttributes.ReparsePoint)
                        && FileStamp.OfWeights(other.FullName).Length >= 0)
                    .Select(other => other.FullName)

                    // seed_9 before seed_10.
                    .OrderBy(other => other.Length).ThenBy(other => other, StringComparer.Ordinal),
            ];
    }
}
