namespace Husai.Formats.Files;

/// <summary>Makes folders to write to, with errors that say what is wrong in one line.</summary>
internal static class OutputFolder
{
    // Files by which results are known, those that say most first.
    private static readonly (string Name, string What)[] ResultMarks =
    [
        ("manifest.json", "a study, or a part of one,"),
        ("model.safetensors", "a transformer"),
        ("options.json", "an SAE's training"),
        ("resume.safetensors", "a training"),

        // A transformer's training of release 0.1 and before.
        ("trainer_state.safetensors", "a transformer's training"),
        ("sae_weights.safetensors", "an SAE"),
        ("cfg.json", "an SAE's configuration"),
        ("store.json", "an activation store"),
        ("latents.json", "what the latents of an SAE fire on"),
        ("sparsity.safetensors", "an SAE's firing frequencies"),
        ("ae.pt", "an SAE of dictionary_learning"),
        ("sae.safetensors", "an SAE of sparsify"),
        ("params.npz", "an SAE of Gemma Scope"),
        ("params.safetensors", "an SAE of Gemma Scope"),
        ("hyperparams.json", "an SAE's configuration"),
        ("config.json", "a model's configuration"),
        ("metrics.jsonl", "a training's metrics"),
        ("summary.json", "the summary of a training or study"),
    ];

    // What is smaller may be kept for the system.
    private const long MinimumSpace = 1 << 20;

    /// <summary>Makes a folder, and those above it, where they are not there yet.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="InvalidFileException">The folder cannot be made.</exception>
    /// <returns>The folders that were made, the innermost first.</returns>
    public static IReadOnlyList<string> Create(string path)
    {
        RequireNoFile(path);
        var full = Path.GetFullPath(path);
        var missing = new List<string>();
        for (var folder = full; folder is not null && !Directory.Exists(folder); folder = Path.GetDirectoryName(folder))
        {
            missing.Add(Path.TrimEndingDirectorySeparator(folder));
        }

        try
        {
            Directory.CreateDirectory(path);
            foreach (var folder in missing)
            {
                Posix.FlushFolder(Path.GetDirectoryName(folder)!);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidFileException(path, $"is no folder that can be written to: {Reason(error, full)}", error);
        }

        return missing;
    }

    /// <summary>
    /// Gives a folder that was written beside its place its name, so that it is there as a whole or not at all, after a power cut too.
    /// </summary>
    /// <param name="temporary">The folder; the files in it are on the disk.</param>
    /// <param name="path">Its name, which no other folder has.</param>
    /// <exception cref="FolderInUseException">Another process has taken the folder above over.</exception>
    public static void Publish(string temporary, string path)
    {
        FolderLock.RequireHeld(path);
        Directory.Move(temporary, path);
        Posix.FlushFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Removes what killed processes left of files that they wrote into a folder, whose lock this process must hold.</summary>
    /// <param name="path">The folder.</param>
    public static void RemoveTemporaryFiles(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        TemporaryFiles.RemoveAll(path);
    }

    /// <summary>Removes folders as long as they are empty.</summary>
    /// <param name="folders">Folders, the innermost first.</param>
    /// <exception cref="ArgumentNullException"><paramref name="folders"/> is null.</exception>
    public static void RemoveEmpty(params IReadOnlyList<string> folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        foreach (var folder in folders)
        {
            try
            {
                Directory.Delete(folder);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // It holds something, and so do those above it.
                return;
            }
        }
    }

    /// <summary>What keeps a folder from being written to: a file system may have space and still no room for another file.</summary>
    internal static string Reason(Exception error, string folder)
    {
        var reason = error.Message.Split(" : '")[0];
        if (!reason.Contains("No space left", StringComparison.OrdinalIgnoreCase))
        {
            return reason;
        }

        try
        {
            var existing = folder;
            while (!Directory.Exists(existing))
            {
                existing = Path.GetDirectoryName(existing) ?? Path.GetPathRoot(folder)!;
            }

            var free = new DriveInfo(existing).AvailableFreeSpace;
            return free > MinimumSpace
                ? FormattableString.Invariant(
                    $"no further file fits on its file system: it has no inodes left, though {free >> 20} MiB of space")
                : reason;
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return reason;
        }
    }

    /// <summary>Makes sure that there is no file where a folder is to be.</summary>
    /// <param name="path">The folder, which need not be there.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="InvalidFileException">There is one.</exception>
    public static void RequireNoFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (File.Exists(path))
        {
            throw new InvalidFileException(
                path, $"is no folder that can be written to: it is {(IsEndlessLink(path) ? "a loop of links" : "a file")}");
        }
    }

    private static bool IsEndlessLink(string path)
    {
        try
        {
            _ = File.ResolveLinkTarget(path, returnFinalTarget: true);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Makes sure that a training begun in a folder takes the place of none.</summary>
    /// <param name="path">The folder, which need not be there.</param>
    /// <param name="files">Names of files by which a training is known.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="files"/> is null.</exception>
    /// <exception cref="InvalidFileException">It is a file, or there is a training.</exception>
    public static void RequireNoTraining(string path, params IReadOnlyList<string> files)
    {
        RequireNoFile(path);
        ArgumentNullException.ThrowIfNull(files);
        if (files.FirstOrDefault(name => File.Exists(Path.Combine(path, name))) is { } found)
        {
            throw new InvalidFileException(path, $"holds a training already ({found}); resume it, or choose another folder");
        }
    }

    /// <summary>Makes sure that nothing is written into the folder of another kind of result.</summary>
    /// <param name="path">The folder, which need not be there.</param>
    /// <param name="own">Names of files by which the kind is known that is to be written: they may be there.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="own"/> is null.</exception>
    /// <exception cref="InvalidFileException">It is a file, or holds another kind of result.</exception>
    public static void RequireNothingElse(string path, params IReadOnlyList<string> own)
    {
        RequireNoFile(path);
        ArgumentNullException.ThrowIfNull(own);
        foreach (var (name, what) in ResultMarks)
        {
            if (!own.Contains(name) && File.Exists(Path.Combine(path, name)))
            {
                throw new InvalidFileException(path, $"holds {what} already ({name}); choose another folder");
            }
        }
    }

    /// <summary>Makes sure that a command does not write over what it reads.</summary>
    /// <param name="output">The file or folder to write.</param>
    /// <param name="input">The file or folder that is read.</param>
    /// <exception cref="ArgumentException">A path is null or empty.</exception>
    /// <exception cref="InvalidFileException">They are the same, also by way of links.</exception>
    public static void RequireOtherThan(string output, string input)
    {
        ArgumentException.ThrowIfNullOrEmpty(output);
        ArgumentException.ThrowIfNullOrEmpty(input);
        if (Path.Exists(output) && RealPath.Of(output) == RealPath.Of(input))
        {
            throw new InvalidFileException(output, "is the input: the command would overwrite it; choose another output");
        }
    }
}
