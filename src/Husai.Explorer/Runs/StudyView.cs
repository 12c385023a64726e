using Husai.Experiments.Clusters.Status;
using Husai.Experiments.Folders;
using Husai.Experiments.Jobs;
using Husai.Experiments.Studies;
using Husai.Experiments.Studies.Results;
using Husai.Explorer.Hosting;
using Husai.Explorer.Tables;
using Husai.Formats.Text;
using Husai.Reporting.Data;
using Husai.Reporting.Figures;
using Husai.Reporting.Studies;
using Husai.Reporting.Tables;

namespace Husai.Explorer.Runs;

/// <summary>A study, as far as it has come.</summary>
internal sealed class StudyView(FolderTree tree, TimeProvider time)
{
    private const string HeadlineTitle = "Configurations";
    private readonly StudyProgress _progress = new(time);
    private readonly StudyCache _studies = new(time);

    /// <summary>Reads the study that an address names.</summary>
    /// <exception cref="NothingThereException">There is no study.</exception>
    public StudyModel Read(PageQuery query)
    {
        var name = query.Text("run");
        var folder = tree.FolderOf(name);
        if (RunSearch.KindOf(folder) != RunKind.Study)
        {
            throw new NothingThereException(
                $"{ShownText.Name(name)} is no study (any more): a study's folder holds config.yaml and manifest.json.");
        }

        var status = _progress.Of(folder);
        var (results, data) = _studies.Read(folder, status?.Done);
        var tables = data.Configurations.Count > 0 ? ReportTables.Create(data) : [];
        var headline = tables.FirstOrDefault(table => table.Title == HeadlineTitle);
        return new StudyModel
        {
            Name = ShownText.Name(data.Name),
            Question = PrintableText.Escape(data.Question),
            Progress = ProgressOf(status),
            IsAtWork = status?.IsLive == true,
            Failures = [.. data.Failures.Select(failure => new FailedRun(ShownText.Name(failure.Run), PrintableText.Line(failure.Reason)))],
            Verdict = data.Configurations.Count > 0 ? data.Verdict() : null,
            Answers = data.Configurations.Count > 0 ? data.Answers() : [],
            Configurations = headline is null ? null : new TableModel(
                headline.Title, ReportCells.Columns(headline), ReportCells.Rows(headline), query, PageLinks.StudyPath, [("run", name)])
            {
                Note = headline.Note,
            },
            Tables = [.. tables.Where(table => table.Title != HeadlineTitle && !table.IsDetail)],
            Figures = [.. FiguresOf(results, data)],
            Trainings = [.. TrainingsOf(folder, data)],
        };
    }

    private static string ProgressOf(StudyStatus? status) => status switch
    {
        null => "The state of its jobs cannot be read.",
        { Done: var done, Jobs: var jobs } when done == jobs => $"Complete: {jobs} jobs.",
        _ => string.Join(", ", ((string[])
            [
                $"{status.Done} of {status.Jobs} jobs done",
                status.Running > 0 ? $"{status.Running} running" : "",
                status.Stopped > 0 ? $"{status.Stopped} interrupted" : "",
                status.Failed > 0 ? $"{status.Failed} failed" : "",
                status.LeftOut > 0 ? $"{status.LeftOut} left out" : "",
                status.Waiting > 0 ? $"{status.Waiting} waiting" : "",
                status.SecondsLeft is { } seconds ? $"about {Durations.Estimate(seconds)} left" : "",
            ]).Where(part => part.Length > 0)) + ".",
    };

    private IEnumerable<ReportFigure> FiguresOf(StudyResults results, StudyReportData data)
    {
        if (ExplorerFigures.Stability(data) is { } stability)
        {
            yield return stability;
        }

        // In the order of the data.
        var compared = results.Sites.Select(site => (site.Comparison, site.Configurations))
            .Concat(results.Worlds.Select(world => (world.Comparison, world.Configurations)))
            .Concat(results.Stored.Select(stored => (stored.Comparison, stored.Configurations)))
            .Where(place => place.Comparison is { Matrix.Count: > 1 }).ToArray();
        for (var index = 0; index < data.Similarities.Count; index++)
        {
            var (comparison, configurations) = compared[index];
            var names = comparison!.Configurations.Zip(comparison.Seeds).Select(run => NameOf(configurations, run.First, run.Second))
                .ToArray();
            yield return ExplorerFigures.Similarity(
                data.Similarities[index], FormattableString.Invariant($"similarity-{index + 1}"),
                (row, column) => names[row] is { } first && names[column] is { } second && row != column
                    ? PageLinks.Pair(first, second)
                    : null);
        }
    }

    private string? NameOf(IReadOnlyList<ConfigurationResults> configurations, string configuration, long seed) =>
        configurations.FirstOrDefault(results => results.Name == configuration)?.Seeds.FirstOrDefault(run => run.Seed == seed)?.Folder
            is { Length: > 0 } folder
            ? tree.NameOf(Path.GetFullPath(folder))
            : null;

    private IEnumerable<StudyTraining> TrainingsOf(string folder, StudyReportData data)
    {
        var seeds = data.Configurations.SelectMany(configuration => configuration.OnEachTransformer())
            .SelectMany(configuration => configuration.Seeds).DistinctBy(seed => seed.Folder)
            .ToDictionary(seed => Path.GetFullPath(seed.Folder), StringComparer.Ordinal);
        foreach (var run in ((string[])["transformers", "saes"]).SelectMany(part => RunSearch.Below(Path.Combine(folder, part))))
        {
            var name = tree.NameOf(run.Folder);
            var state = RunState.Of(run, time);
            var seed = seeds.GetValueOrDefault(run.Folder);
            yield return new StudyTraining(
                ShownText.Name(Path.GetRelativePath(folder, run.Folder).Replace(Path.DirectorySeparatorChar, '/')),
                PageLinks.Training(name),
                run.Kind != RunKind.TransformerTraining && state.Status == JobStatus.Complete ? PageLinks.Sae(name) : null,
                RunText.State(state.Status, state.Reason), ShownText.Number(seed?.ExplainedVariance), ShownText.Number(seed?.Stability));
        }
    }
}
