using System.Globalization;
using Husai.Experiments.Folders;
using Husai.Experiments.Jobs;
using Husai.Explorer.Hosting;
using Husai.Explorer.Tables;
using Husai.Formats.Text;

namespace Husai.Explorer.Runs;

/// <summary>Every study, training and SAE below the folders that are shown, found again as they appear.</summary>
internal sealed class RunsView(FolderTree tree, TimeProvider time)
{
    // Browsers ask each second, perhaps several: the folders are not searched more often than that.
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(700);

    private static readonly TableColumn[] Columns =
        [new("run"), new("kind"), new("state"), new("progress"), new("time left"), new("last written (UTC)", LargestFirst: true)];

    private readonly Lock _sync = new();
    private readonly StudyProgress _progress = new(time);
    private IReadOnlyList<IReadOnlyList<TableCell>> _rows = [];
    private long _readAt = long.MinValue;

    /// <summary>Reads what is there now.</summary>
    public RunsModel Read(PageQuery query) => new(
        [.. tree.Roots.Select(ShownText.Name)],
        new TableModel("Studies, trainings and SAEs", Columns, Rows(), query, PageLinks.RunsPath, []));

    private IReadOnlyList<IReadOnlyList<TableCell>> Rows()
    {
        lock (_sync)
        {
            if (_readAt == long.MinValue || time.GetElapsedTime(_readAt) > Fresh)
            {
                _rows =
                [
                    .. tree.Roots.SelectMany(RunSearch.Below).DistinctBy(run => run.Folder)
                        .Select(run => (Run: run, State: RunState.Of(run, time))).OrderByDescending(run => run.State.Changed)
                        .ThenBy(run => run.Run.Folder, StringComparer.Ordinal).Select(run => Row(run.Run, run.State)),
                ];
                _readAt = time.GetTimestamp();
            }

            return _rows;
        }
    }

    private IReadOnlyList<TableCell> Row(FoundRun run, RunState state)
    {
        var name = tree.NameOf(run.Folder);
        var progress = run.Kind == RunKind.Study && state.Status != JobStatus.Complete && state.Reason.Length == 0
            ? _progress.Of(run.Folder)
            : null;
        return
        [
            new(ShownText.Name(name), LinkOf(run.Kind, name)),
            new(RunText.Kind(run.Kind)),
            new(RunText.State(progress?.IsLive == true ? JobStatus.Running : state.Status, state.Reason)),
            progress is null
                ? new("", Number: state.Status == JobStatus.Complete ? 1 : null)
                : new($"{progress.Done} of {progress.Jobs} jobs", Number: progress.Done / (double)Math.Max(1, progress.Jobs)),
            new(progress?.SecondsLeft is { } seconds ? $"about {Durations.Estimate(seconds)}" : "", Number: progress?.SecondsLeft),
            new(
                state.Changed?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "",
                Number: state.Changed?.ToUnixTimeMilliseconds()),
        ];
    }

    private static string LinkOf(RunKind kind, string name) => kind switch
    {
        RunKind.Study => PageLinks.Study(name),
        RunKind.Sae => PageLinks.Sae(name),
        _ => PageLinks.Training(name),
    };
}
