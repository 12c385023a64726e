using System.CommandLine;
using System.Globalization;
using Husai.Cli.Hosting;
using Husai.Cli.Output;
using Husai.Experiments.Configuration;
using Husai.Experiments.Folders;
using Husai.Experiments.Trackers;
using Husai.Transformers.Tasks;
using Husai.Transformers.Training;

namespace Husai.Cli.Commands.Transformer;

/// <summary><c>husai transformer train</c>.</summary>
internal sealed class TransformerTrainCommand : HusaiCommand
{
    private readonly Option<string> _configuration = new("--config")
    {
        Description = "Configuration in YAML, such as configs/transformer/mod113_quick.yaml",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<int?> _epochs = NumberOption.Create(
        "--epochs", "Largest number of epochs [default: from the configuration]", 1, 10_000_000);
    private readonly Option<long?> _seed = NumberOption.Create("--seed", "Root seed [default: from the configuration]", 0L, long.MaxValue);

    private readonly Option<string[]> _set = OverridesOption.Create("training.weight_decay=1");

    private readonly Option<string?> _directory = TrainingFolderOption.Create(
        "Folder to write the transformer, its metrics and checkpoints to [default: runs/transformer/NAME/seed_N, NAME from the "
        + "configuration file]");

    private readonly Option<bool> _resume = new("--resume")
    {
        Description = "Resume training; the result is bit-identical to an uninterrupted run",
    };

    private readonly TrackerOption _tracker = new();

    public TransformerTrainCommand()
        : base(
            "train",
            "Train a transformer on modular arithmetic",
            "husai transformer train --config configs/transformer/mod113_quick.yaml",
            "husai transformer train --config configs/transformer/mod113_1layer.yaml --seed 7 --output runs/model --resume")
    {
        Options.Add(_configuration);
        Options.Add(_epochs);
        Options.Add(_seed);
        Options.Add(_set);
        Options.Add(_directory);
        Options.Add(_resume);
        _tracker.AddTo(this);
    }

    public override bool SavesWhenInterrupted => true;

    public override int Run(CommandContext context)
    {
        var path = context.Get(_configuration);
        var (options, trackers) = ConfigurationReader.ReadTracked<TransformerRunOptions>(path, Overrides(context));
        var directory = context.Get(_directory) ?? Path.Combine(
            RunFolders.DefaultRoot, "transformer", Path.GetFileNameWithoutExtension(path), RunFolders.OfSeed(options.Training.Seed));
        TransformerRun.RequireFree(directory, context.Get(_resume));
        using var locks = FolderLocks.Take(directory);
        var run = Open(context, directory, options);
        if (run.Model.Task.IsLeaky)
        {
            context.Output.Note("husai: the input of the task leaked-label contains the answer: the transformer learns to copy it");
        }

        if (CircuitModulus.Problem(run.Model.Task.Modulus) is { } problem)
        {
            context.Output.Note($"husai: {problem}");
        }

        var tracking = new TransformerTracking(
            TransformerTracking.Open(_tracker.Names(context, trackers), directory, options, null, TrackerOption.Warn(context)));
        TransformerTrainingResult result;
        using (var progress = new StartProgress(context.Output, options.Training, run.Restarts, run.Epoch))
        {
            result = tracking.Run(() => run.Train(
                state =>
                {
                    tracking.Report(state);
                    progress.Report(state.Record, Describe(state.Record));
                },
                TrackerOption.Warn(context), context.Cancellation));
        }

        var document = new Document(
            directory, run.Model.Task.Name, run.Model.Task.IsLeaky, result.Restarts, result.Epochs, result.Steps, result.Grokked,
            result.MemorisedEpoch, result.GrokEpoch, result.GrokStep, result.StoppedEarly, result.Last.TrainLoss, result.Last.TrainAccuracy,
            result.Last.TestLoss, result.Last.TestAccuracy, run.Model.WeightsHash(), result.StepsPerSecond);
        context.Output.Result(document, console =>
        {
            var table = Tables.Create(console, "transformer", directory);
            if (document.Restarts > 0)
            {
                table.AddTextRow("restarts", $"{document.Restarts}");
            }

            table.AddTextRow("epochs", $"{document.Epochs}");
            table.AddTextRow("grokked", document.Grokked ? $"at epoch {document.GrokEpoch}" : "no");
            table.AddTextRow("train loss, accuracy", Pair(document.TrainLoss, document.TrainAccuracy));
            table.AddTextRow("held-out loss, accuracy", Pair(document.TestLoss, document.TestAccuracy));
            table.AddTextRow("steps per second", document.StepsPerSecond.ToString("0.0", CultureInfo.InvariantCulture));
            console.Write(table.AddTextRow("weights", document.WeightsHash));
        });
        return ExitCode.Success;
    }

    private static string Describe(TrainingRecord record) => string.Create(
        CultureInfo.InvariantCulture,
        $"loss {record.TrainLoss:0.0e0} accuracy {record.TrainAccuracy:0.000}, held-out {record.TestLoss:0.0e0} "
            + $"{record.TestAccuracy:0.000}");

    private static string Pair(double loss, double accuracy) =>
        string.Create(CultureInfo.InvariantCulture, $"{loss:0.000e0}, {accuracy:0.0000}");

    private List<string> Overrides(CommandContext context)
    {
        List<string> overrides = [.. context.Get(_set) ?? []];
        if (context.Get(_epochs) is { } epochs)
        {
            overrides.Add(string.Create(CultureInfo.InvariantCulture, $"training.epochs={epochs}"));
        }

        if (context.Get(_seed) is { } seed)
        {
            overrides.Add(string.Create(CultureInfo.InvariantCulture, $"training.seed={seed}"));
        }

        return overrides;
    }

    private TransformerRun Open(CommandContext context, string directory, TransformerRunOptions options)
    {
        try
        {
            // Asked again under the lock: another process may have begun meanwhile.
            TransformerRun.RequireFree(directory, context.Get(_resume));
            return context.Get(_resume)
                ? TransformerRun.Resume(directory, options, context.TrainingWorkers)
                : TransformerRun.Begin(directory, options, context.TrainingWorkers);
        }
        catch (ArgumentException error)
        {
            throw BadInputException.From(error);
        }
    }

    private sealed record Document(
        string Checkpoint, string Task, bool LabelLeaks, int Restarts, int Epochs, long Steps, bool Grokked, int? MemorisedEpoch,
        int? GrokEpoch, long? GrokStep, bool StoppedEarly, double TrainLoss, double TrainAccuracy, double TestLoss, double TestAccuracy,
        string WeightsHash, double StepsPerSecond);
}
