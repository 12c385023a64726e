using System.CommandLine;
using System.Globalization;
using Husai.Analysis.Similarity;
using Husai.Analysis.Stability;
using Husai.Autoencoders.Storage;
using Husai.Cli.Hosting;
using Husai.Cli.Output;
using Husai.Reporting.Figures;
using Spectre.Console;

namespace Husai.Cli.Commands.Analysis;

/// <summary><c>husai dynamics</c>: when in training do SAEs come to agree?</summary>
internal sealed class DynamicsCommand : HusaiCommand
{
    private readonly SaeFolders _saes;
    private readonly SimilarityArguments _similarity;
    private readonly Option<bool> _allowEqual = SaeArguments.AllowEqual();
    private readonly ActivationArguments _activations;
    private readonly FiguresOption _figures;

    public DynamicsCommand()
        : base(
            "dynamics",
            "Measure how agreement forms in training: with other seeds, with the final SAE, with the circuit",
            "husai dynamics runs/saes/seed_42 runs/saes/seed_123 runs/saes/seed_456 --checkpoint runs/model")
    {
        _saes = new SaeFolders(this, "SAE folders with snapshots (snapshots/step_N), one for each seed, at least two");
        Options.Add(_allowEqual);
        _similarity = new SimilarityArguments(this);
        _activations = new ActivationArguments(
            this,
            "Folder of the transformer that the SAEs were trained on; its activations then give the turned chance level, "
            + "and agreement with its circuit is measured");
        _figures = new FiguresOption(this);
    }

    public override int Run(CommandContext context)
    {
        var folders = _saes.Read(context);
        _figures.RequireReplaceable(context);
        var options = _similarity.Read(context);
        var series = SaeArguments.Checked(() => SnapshotSeries.Of(folders));
        using var progress = context.Output.Stages();
        using var activations = _activations.Open(context, series.Finals, progress);
        var finals = Load(series.Finals, new DistinctSaes(context.Get(_allowEqual)));
        var points = SaeArguments.Checked(() => series.Steps.Select((step, index) =>
        {
            var now = series.FoldersAt(step);
            var point = StabilityDynamics.At(
                step, now.SequenceEqual(series.Finals) ? finals : Load(now), finals, options, activations?.Covariance, context.Workers,
                activations?.Site?.Circuit, cancellation: context.Cancellation);
            progress.Report(new StageProgress("dynamics", index + 1, series.Steps.Count));
            return point;
        }).ToArray());
        progress.Dispose();
        if (series.Skipped.Count > 0)
        {
            context.Output.Note($"steps that some trainings lack are not shown: {string.Join(", ", series.Skipped)}");
        }

        var document = new DynamicsDocument(options.Similarity, folders, points, series.Skipped);
        _figures.Write(context, () => CommandFigures.Of(points));
        context.Output.Result(document, console => Show(console, document));
        return ExitCode.Success;

        IReadOnlyList<LatentDictionary> Load(IReadOnlyList<string> saes, DistinctSaes? distinct = null)
        {
            var dictionaries = SaeArguments.LoadDictionaries(
                saes, _ => options.Similarity.Weights != MatchedWeights.Decoder, distinct, context.Cancellation);
            return activations?.WithFrequencies(context, dictionaries, progress) ?? dictionaries;
        }
    }

    private static void Show(IAnsiConsole console, DynamicsDocument document)
    {
        console.WriteLine($"Similarity: {document.Options.Name}; {document.Saes.Count} trainings");
        Explanation.Write(
            console,
            "seeds: mean over pairs; chance: two random dictionaries of the same shape; kappa: (seeds - chance) / (1 - chance), with its "
                + "interval over "
            + "seeds; turned: kappa against SAEs turned within the activations' principal directions; final: similarity to the final SAE "
            + "of the same seed; overlap: share of a decoder row in its best plane of "
            + "the circuit; planes: one-to-one match with the planes; others: the same with other planes of the same span.");
        var table = Tables.Create(
            console, "#step", "#alive", "#seeds", "#chance", "kappa", "turned", "#final", "#overlap", "#others", "#planes", "#others");
        foreach (var point in document.Steps)
        {
            table.AddTextRow(
                $"{point.Step}", point.Alive.Min() == point.Alive.Max() ? $"{point.Alive[0]}" : $"{point.Alive.Min()}-{point.Alive.Max()}",
                Text(point.BetweenSeeds.Mean), Text(point.BetweenSeeds.Levels.SameShape.Value),
                StabilityTables.Text(point.BetweenSeeds.Kappa),
                StabilityTables.Text(point.BetweenSeeds.KappaTurned), Text(point.ToFinalSelf.Mean),
                Text(point.Circuit?.FourierOverlap.Score), Text(point.Circuit?.FourierOverlap.OtherPlanes.Value),
                Text(point.Circuit?.GtMcc.Score), Text(point.Circuit?.GtMcc.OtherPlanes.Value));
        }

        console.Write(table);
    }

    private static string Text(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "-";
}
