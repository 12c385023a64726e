using Husai.Autoencoders.Training;
using Husai.Experiments.Folders;
using Husai.Experiments.Jobs;
using Husai.Explorer.Hosting;
using Husai.Reporting.Data;
using Husai.Reporting.Figures;
using Husai.Transformers.Training;

namespace Husai.Explorer.Runs;

/// <summary>Curves of trainings, as far as they have come.</summary>
internal sealed class TrainingView(FolderTree tree, TimeProvider time)
{
    private const string RunKey = "run";
    private const string StepsKey = "steps";
    private const string ValuesKey = "values";
    private const string Logarithmic = "log";
    private const string Linear = "linear";
    private const int MostOthers = 60;

    private static readonly (string Text, string Value)[] ValueAxes =
        [("as suits each", ""), ("linear", Linear), ("logarithmic", Logarithmic)];

    /// <summary>Reads the trainings that an address names.</summary>
    /// <exception cref="NothingThereException">One of them is no training.</exception>
    public TrainingModel Read(PageQuery query)
    {
        var names = query.All(RunKey).Distinct().Take(ExplorerFigures.MostTrainings).ToArray();
        var runs = names.Select(Find).ToArray();
        if (runs.Length == 0)
        {
            throw new NothingThereException("The address names no training.");
        }

        var states = runs.Select(run => RunState.Of(run, time)).ToArray();
        var points = runs.Select(run => run.Kind == RunKind.SaeTraining ? TrainingMetrics.OfSae(run.Folder) : []).ToArray();
        (string Key, string Value)[] axes = [(StepsKey, query.Text(StepsKey)), (ValuesKey, query.Text(ValuesKey))];
        var shortNames = ShortNames(names);
        return new TrainingModel(
            [
                .. runs.Select((run, index) => new TrainingRow(
                    ShownText.Name(names[index]), RunText.State(states[index].Status, states[index].Reason), StepOf(run, points[index]),
                    run.Kind == RunKind.SaeTraining && File.Exists(Path.Combine(run.Folder, "sae_weights.safetensors"))
                        ? PageLinks.Sae(names[index])
                        : null,
                    names.Length > 1 ? Link(names.Where(name => name != names[index]), axes) : null)),
            ],
            [
                .. Figure(shortNames, points, query) is { } figure ? (ReportFigure[])[figure] : [],
                .. runs.Zip(shortNames).Where(run => run.First.Kind == RunKind.TransformerTraining)
                    .Select(run => Learning(run.Second, run.First)).OfType<ReportFigure>().Take(1),
            ],
            AxesLinks(names, query), Others(runs, names, axes), states.Any(state => state.Status == JobStatus.Running));
    }

    private FoundRun Find(string name)
    {
        var folder = tree.FolderOf(name);
        return RunSearch.KindOf(folder) is { } kind and (RunKind.SaeTraining or RunKind.TransformerTraining)
            ? new FoundRun(folder, kind)
            : throw new NothingThereException($"{ShownText.Name(name)} is no training.");
    }

    private static ReportFigure? Figure(IReadOnlyList<string> names, IReadOnlyList<TrainingPoint>[] points, PageQuery query) =>
        ExplorerFigures.Trainings(
            [.. names.Zip(points)],
            new TrainingAxes(
                query.Text(StepsKey) == Logarithmic,
                query.Text(ValuesKey) switch { Logarithmic => true, Linear => false, _ => null }));

    private static ReportFigure? Learning(string name, FoundRun run) => ExplorerFigures.Learning(
        name,
        [
            .. TrainingMetrics.OfTransformer(run.Folder).Select(record =>
                new LearningPoint(record.Epoch, record.TrainLoss, record.TestLoss, record.TrainAccuracy, record.TestAccuracy)),
        ]);

    private static string StepOf(FoundRun run, IReadOnlyList<TrainingPoint> points) =>
        points.Count > 0 ? FormattableString.Invariant($"step {points[^1].Step}, loss {points[^1].Loss:g4}")
        : run.Kind == RunKind.TransformerTraining && TrainingMetrics.OfTransformer(run.Folder) is [.., var last]
            ? FormattableString.Invariant($"{RestartText.Before(last)}epoch {last.Epoch}, loss {last.TrainLoss:g4}")
        : "nothing measured yet";

    private static IReadOnlyList<(string Text, string Link)> AxesLinks(IReadOnlyList<string> names, PageQuery query)
    {
        var (steps, values) = (query.Text(StepsKey), query.Text(ValuesKey));
        return
        [
            ("steps: " + (steps == Logarithmic ? "linear" : "logarithmic"),
                Link(names, [(StepsKey, steps == Logarithmic ? "" : Logarithmic), (ValuesKey, values)])),
            .. ValueAxes.Where(choice => choice.Value != values)
                .Select(choice => ("values: " + choice.Text, Link(names, [(StepsKey, steps), (ValuesKey, choice.Value)]))),
        ];
    }

    // Trainings beside the first: the other seeds, and the runs around it.
    private (string Text, string Link)[] Others(
        FoundRun[] runs, string[] names, (string Key, string Value)[] axes)
    {
        if (runs[0].Kind != RunKind.SaeTraining || names.Length >= ExplorerFigures.MostTrainings)
        {
            return [];
        }

        var around = Path.GetDirectoryName(runs[0].Folder)!;
        var above = RunSearch.StudyAround(runs[0].Folder) is { } study ? Path.Combine(study, "saes") : around;
        return
        [
            .. RunSearch.Below(tree.Roots.Contains(runs[0].Folder) ? runs[0].Folder : above)
                .Where(run => run.Kind == RunKind.SaeTraining && tree.Holds(run.Folder) && !names.Contains(tree.NameOf(run.Folder)))
                .Take(MostOthers)
                .Select(run => (
                    ShownText.Name(Path.GetRelativePath(above, run.Folder).Replace(Path.DirectorySeparatorChar, '/')),
                    Link([.. names, tree.NameOf(run.Folder)], axes))),
        ];
    }

    private static string Link(IEnumerable<string> names, IEnumerable<(string Key, string Value)> axes) =>
        PageLinks.To(PageLinks.TrainingPath, [.. names.Select(name => (RunKey, name)), .. axes]);

    // Without the parts that all have in common; the last part always stays.
    private static IReadOnlyList<string> ShortNames(IReadOnlyList<string> names)
    {
        var parts = names.Select(name => name.Split('/')).ToArray();
        var common = 0;
        while (parts.All(part => common < part.Length - 1 && part[common] == parts[0][common]))
        {
            common++;
        }

        return [.. parts.Select(part => ShownText.Name(string.Join('/', part[common..])))];
    }
}
