using Husai.Explorer.Hosting;

namespace Husai.Explorer.Runs;

/// <summary>
/// Names of the folders that are shown: the name of a given folder, then the path below it with '/'. A name leads nowhere else: it is
/// followed part by part, and no part may be a link or lead upwards.
/// </summary>
internal sealed class FolderTree
{
    private readonly Dictionary<string, string> _roots = new(StringComparer.Ordinal);

    public FolderTree(IReadOnlyList<string> folders)
    {
        foreach (var folder in folders.Select(folder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))).Distinct())
        {
            var name = Path.GetFileName(folder) is { Length: > 0 } last ? last : "root";
            var distinct = name;
            for (var number = 2; _roots.ContainsKey(distinct); number++)
            {
                distinct = FormattableString.Invariant($"{name} ({number})");
            }

            _roots[distinct] = folder;
        }
    }

    /// <summary>The given folders.</summary>
    public IEnumerable<string> Roots => _roots.Values;

    /// <summary>Whether a folder is a given one or lies below it.</summary>
    public bool Holds(string folder) => _roots.Values.Any(root => IsIn(folder, root));

    /// <summary>The name of a folder that was found below a given one.</summary>
    public string NameOf(string folder)
    {
        var (name, root) = _roots.First(root => IsIn(folder, root.Value));
        return folder == root ? name : name + "/" + Path.GetRelativePath(root, folder).Replace(Path.DirectorySeparatorChar, '/');
    }

    /// <summary>The folder of a name.</summary>
    /// <exception cref="NothingThereException">There is none below the given folders.</exception>
    public string FolderOf(string name)
    {
        var parts = name.Split('/');
        return _roots.TryGetValue(parts[0], out var folder) && Follow(folder, parts.AsSpan(1)) is { } found
            ? found
            : throw new NothingThereException(
                "There is no such run below the folders that are shown: it was never there, or has been moved or deleted.");
    }

    private static bool IsIn(string folder, string root) =>
        folder == root
        || folder.StartsWith(Path.EndsInDirectorySeparator(root) ? root : root + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string? Follow(string folder, ReadOnlySpan<string> parts)
    {
        foreach (var part in parts)
        {
            if (part.Length == 0 || part is "." or ".." || part.AsSpan().ContainsAny('\\', '\0', ':') || part.Length > 255)
            {
                return null;
            }

            folder = Path.Combine(folder, part);
            var info = new DirectoryInfo(folder);
            if (!info.Exists || info.Attributes.HasFlag(FileAttributes.ReparsePoint))
            {
                return null;
            }
        }

        return Directory.Exists(folder) ? folder : null;
    }
}
