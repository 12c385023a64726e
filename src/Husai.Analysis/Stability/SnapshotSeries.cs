using Husai.Autoencoders.Storage;

namespace Husai.Analysis.Stability;

/// <summary>
/// The snapshots of several trainings at the steps that all of them have (folders <c>snapshots/step_N</c> in the folder of each), and
/// what they ended as.
/// </summary>
/// <param name="Steps">The common steps, ascending; the last is that of the end where all trainings say it and agree.</param>
/// <param name="Skipped">Steps that only some of the trainings have.</param>
/// <param name="Finals">For each training the folder of what it ended as: its own, or its last common snapshot when it holds no
/// SAE.</param>
internal sealed record SnapshotSeries(IReadOnlyList<long> Steps, IReadOnlyList<long> Skipped, IReadOnlyList<string> Finals)
{
    private readonly IReadOnlyList<string> _folders = [];
    private readonly long? _end;

    private SnapshotSeries(
        IReadOnlyList<string> folders, IReadOnlyList<long> common, long? end, IReadOnlyList<long> skipped, IReadOnlyList<string> finals)
        : this(end > common[^1] ? [.. common, end.Value] : common, skipped, finals) => (_folders, _end) = (folders, end);

    /// <summary>Lists the snapshots of training folders.</summary>
    /// <param name="folders">At least two.</param>
    /// <exception cref="ArgumentException">There are fewer than two, one has no snapshots, or no step is common to all.</exception>
    public static SnapshotSeries Of(IReadOnlyList<string> folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        if (folders.Count < 2)
        {
            throw new ArgumentException(
                $"{folders.Count} training where at least 2 are needed: agreement is between seeds", nameof(folders));
        }

        var steps = folders.Select(StepsOf).ToArray();
        var common = steps.Aggregate((first, second) => [.. first.Intersect(second)]);
        if (common.Length == 0)
        {
            throw new ArgumentException(
                $"no step is common to all trainings: {folders[0]} has snapshots at {Print(steps[0])}, {folders[^1]} at {Print(steps[^1])}",
                nameof(folders));
        }

        string[] finals = [.. folders.Select(folder => File.Exists(Path.Combine(folder, "cfg.json")) ? folder : At(folder, common[^1]))];
        return new SnapshotSeries(
            folders, common, EndOf(folders, finals), [.. steps.SelectMany(own => own).Distinct().Except(common).Order()], finals);
    }

    /// <summary>The folders of all trainings at a step: those of its snapshots, at the end their own.</summary>
    public IReadOnlyList<string> FoldersAt(long step) =>
        step == _end ? Finals : [.. _folders.Select(folder => At(folder, step))];

    private static long? EndOf(IReadOnlyList<string> folders, IReadOnlyList<string> finals)
    {
        long?[] ends = folders.SequenceEqual(finals) ? [.. folders.Select(TrainingSnapshot.EndOf).Distinct()] : [];
        return ends.Length == 1 ? ends[0] : null;
    }

    private static string At(string folder, long step) => TrainingSnapshot.Of(folder).Single(snapshot => snapshot.Step == step).Folder;

    private static long[] StepsOf(string folder)
    {
        long[] steps = [.. TrainingSnapshot.Of(folder).Select(snapshot => snapshot.Step)];
        return steps.Length > 0
            ? steps
            : throw new ArgumentException(
                $"{folder} holds no snapshots: a training that keeps them has folders snapshots/step_N", nameof(folder));
    }

    private static string Print(long[] steps) => string.Join(", ", steps.Take(6)) + (steps.Length > 6 ? ", ..." : "");
}
