using Husai.Formats.Files;

namespace Husai.Explorer.Hosting;

/// <summary>The explorer's own folder, for what it computes on demand. What is in it may be removed at any time.</summary>
internal static class ExplorerCache
{
    /// <summary>Where it lies unless another folder is named; null where this user has no place for caches.</summary>
    public static string? UsualFolder
    {
        get
        {
            var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            var own = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            var caches = Path.IsPathRooted(own) ? own
                : OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
                : home.Length == 0 ? ""
                : Path.Combine(home, OperatingSystem.IsMacOS() ? "Library/Caches" : ".cache");
            return caches.Length == 0 ? null : Path.Combine(caches, "husai", "explorer");
        }
    }

    /// <summary>Whether a folder lies in one of others, or is one of them, links followed.</summary>
    /// <param name="folder">The folder, which need not be there.</param>
    /// <param name="others">Folders that are there.</param>
    /// <exception cref="InvalidFileException">Links lead in a loop.</exception>
    public static bool LiesIn(string folder, IEnumerable<string> others)
    {
        var target = RealPath.Of(folder);
        return others.Select(RealPath.Of).Any(other =>
            target == other || Path.GetPathRoot(target) == other
                || target.StartsWith(other + Path.DirectorySeparatorChar, StringComparison.Ordinal));
    }
}
