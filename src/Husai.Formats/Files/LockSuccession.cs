namespace Husai.Formats.Files;

/// <summary>
/// Decides which of several processes follows one that is gone. The follower of a token is whoever creates the file
/// <c>lock.TOKEN</c>; while that stands, nobody else can replace the lock of this token. If the follower ends half-way, its own follower is
/// found in the same way.
/// </summary>
internal static class LockSuccession
{
    /// <summary>Replaces the lock of a process that is gone.</summary>
    /// <param name="folder">The folder, as messages call it.</param>
    /// <param name="path">The lock's file.</param>
    /// <param name="gone">What it said.</param>
    /// <param name="temporary">The file to put in its place.</param>
    /// <returns>False if the lock has changed meanwhile.</returns>
    /// <exception cref="FolderInUseException">Another process is about to take the lock.</exception>
    public static bool TryReplace(string folder, string path, LockRecord gone, string temporary)
    {
        var claims = new List<string>();
        for (var last = gone; ;)
        {
            var claim = $"{path}.{last.Token}";
            if (TryCreate(temporary, claim))
            {
                claims.Add(claim);
                break;
            }

            if (LockRecord.Read(claim) is not { } claimant)
            {
                return false;
            }

            LockFile.RequireGone(folder, claimant, temporary);
            claims.Add(claim);
            last = claimant;
        }

        // The claim may have come after another process took the lock and removed its own claims.
        var isUnchanged = LockRecord.Read(path)?.Token == gone.Token;
        if (isUnchanged)
        {
            File.Move(temporary, path, overwrite: true);
        }

        foreach (var claim in isUnchanged ? claims : claims[^1..])
        {
            File.Delete(claim);
        }

        return isUnchanged;
    }

    private static bool TryCreate(string temporary, string claim)
    {
        if (Posix.TryLink(temporary, claim) is { } linked)
        {
            return linked;
        }

        try
        {
            using var stream = new FileStream(claim, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 0);
            stream.Write(File.ReadAllBytes(temporary));
            return true;
        }
        catch (IOException) when (File.Exists(claim))
        {
            return false;
        }
    }
}
