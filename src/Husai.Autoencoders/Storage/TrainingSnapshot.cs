using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Husai.Formats.Files;

namespace Husai.Autoencoders.Storage;

/// <summary>An SAE as it was at a step of its training: a SAELens folder <c>snapshots/step_N</c> in the training's folder.</summary>
/// <param name="Step">Steps taken; 0 is the initialisation.</param>
/// <param name="Folder">Its folder.</param>
internal sealed record TrainingSnapshot(long Step, string Folder)
{
    private const string StepKey = "step";
    private const string ExplainedVarianceKey = "explained_variance";
    private const string FolderName = "snapshots";
    private const string Prefix = "step_";
    private const string Unfinished = ".tmp";

    private static readonly string[] Names = [SaeFolder.ConfigurationName, SaeFolder.SparsityName, SaeFolder.WeightsName];

    // Any number of so many digits is a 64-bit integer.
    private const int MostDigits = 19;

    /// <summary>The snapshots of a training, by step; none if it kept none.</summary>
    /// <param name="training">Folder of the training.</param>
    public static IReadOnlyList<TrainingSnapshot> Of(string training)
    {
        ArgumentNullException.ThrowIfNull(training);
        var folder = Path.Combine(training, FolderName);
        return !Directory.Exists(folder) ? [] :
        [
            .. from path in Directory.EnumerateDirectories(folder, Prefix + "*")
               let number = Path.GetFileName(path)[Prefix.Length..]
               where number.Length is > 0 and < MostDigits && number.All(char.IsAsciiDigit)
               let step = long.Parse(number, CultureInfo.InvariantCulture)
               orderby step
               select new TrainingSnapshot(step, path),
        ];
    }

    /// <summary>The snapshots of several trainings at the steps that all of them have, by step; at each in the trainings' order.</summary>
    /// <param name="trainings">Folders of the trainings.</param>
    /// <param name="end">Step that they come before.</param>
    public static IReadOnlyList<IReadOnlyList<TrainingSnapshot>> CommonTo(IReadOnlyList<string> trainings, long end)
    {
        ArgumentNullException.ThrowIfNull(trainings);
        return
        [
            .. from snapshot in trainings.SelectMany(Of)
               where snapshot.Step < end
               group snapshot by snapshot.Step into step
               where step.Count() == trainings.Count
               orderby step.Key
               select step.ToList(),
        ];
    }

    /// <summary>Steps of a training that has come to its end; null of others.</summary>
    /// <param name="training">Folder of the training.</param>
    /// <exception cref="InvalidFileException">What the training came to cannot be read.</exception>
    public static long? EndOf(string training)
    {
        ArgumentNullException.ThrowIfNull(training);
        var path = Path.Combine(training, TrainingFolder.SummaryName);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(TextFile.Read(path, TextFile.LongestResult, "summary"))?["steps"]?.GetValue<long>()
                ?? throw new InvalidFileException(path, "does not say the number of steps");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidFileException(path, $"is no summary of a training: {error.Message}");
        }
    }

    /// <summary>
    /// Explained variance on the held-out rows at this step; <see cref="double.NaN"/> where it is undefined, as of rows that are all the
    /// same.
    /// </summary>
    /// <param name="saved">The snapshot as it was loaded.</param>
    /// <exception cref="InvalidFileException">The folder does not say.</exception>
    public double ExplainedVarianceOf(SavedSae saved)
    {
        ArgumentNullException.ThrowIfNull(saved);
        return !saved.Metadata.TryGetPropertyValue(ExplainedVarianceKey, out var value) ? throw Unknown()
            : value is null ? double.NaN
            : value is JsonValue known && known.TryGetValue(out double number) ? number : throw Unknown();
    }

    /// <summary>
    /// Notes in a snapshot's metadata what <see cref="ExplainedVarianceOf"/> reads. JSON has no other name for what is undefined than null.
    /// </summary>
    internal static void Note(JsonObject metadata, long step, double explainedVariance)
    {
        metadata[StepKey] = step;
        metadata[ExplainedVarianceKey] = double.IsFinite(explainedVariance) ? explainedVariance : null;
    }

    /// <summary>Patterns of the files of all snapshots.</summary>
    internal static IEnumerable<string> Files => Names.Select(name => $"{FolderName}/{Prefix}*/{name}");

    internal static string FolderOf(string training, long step) =>
        Path.Combine(training, FolderName, Prefix + step.ToString(CultureInfo.InvariantCulture));

    /// <exception cref="InvalidFileException">There is a folder for snapshots, with something in it.</exception>
    internal static void RequireNone(string training)
    {
        if (Path.Combine(training, FolderName) is var folder && Directory.Exists(folder)
            && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new InvalidFileException(training, $"holds a training's snapshots already ({FolderName}); choose another folder");
        }
    }

    /// <summary>Removes the snapshots of a training, and nothing else that may lie in their folder.</summary>
    internal static void RemoveAll(string training)
    {
        foreach (var snapshot in Of(training))
        {
            Remove(snapshot.Folder);
        }

        RemoveUnfinished(training);
        OutputFolder.RemoveEmpty(Path.Combine(training, FolderName));
    }

    /// <summary>Removes what a process left that was killed while it wrote a snapshot.</summary>
    internal static void RemoveUnfinished(string training)
    {
        var folder = Path.Combine(training, FolderName);
        foreach (var path in Directory.Exists(folder) ? Directory.GetDirectories(folder, Prefix + "*" + Unfinished) : [])
        {
            Remove(path);
        }
    }

    internal static string UnfinishedFolderOf(string training, long step) => FolderOf(training, step) + Unfinished;

    private InvalidFileException Unknown() => new(Folder, $"cfg.json has no number '{ExplainedVarianceKey}' in its metadata");

    private static void Remove(string snapshot)
    {
        foreach (var name in Names)
        {
            File.Delete(Path.Combine(snapshot, name));
        }

        if (Directory.Exists(snapshot))
        {
            OutputFolder.RemoveTemporaryFiles(snapshot);
        }

        OutputFolder.RemoveEmpty(snapshot);
    }
}
