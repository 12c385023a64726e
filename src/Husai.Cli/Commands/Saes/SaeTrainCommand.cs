using System.CommandLine;
using System.Globalization;
using Husai.Autoencoders.Options;
using Husai.Autoencoders.Training;
using Husai.Cli.Commands.Analysis;
using Husai.Cli.Hosting;
using Husai.Experiments.Configuration;
using Husai.Experiments.Folders;
using Husai.Experiments.Saes;
using Husai.Experiments.Trackers;

namespace Husai.Cli.Commands.Saes;

/// <summary><c>husai sae train</c>.</summary>
internal sealed class SaeTrainCommand : HusaiCommand
{
    private readonly Option<string?> _config = new("--config")
    {
        Description = "Configuration in YAML, such as configs/sae/topk_8x_k32.yaml [default: built-in settings]",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _set = OverridesOption.Create("k=16");
    private readonly Option<int?> _epochs = NumberOption.Create(
        "--epochs", "Number of epochs [default: from the configuration]", 1, 1_000_000);
    private readonly Option<long?> _seed = NumberOption.Create("--seed", "Seed [default: from the configuration]", 0, long.MaxValue);

    private readonly Option<string?> _seeds = new("--seeds")
    {
        Description = "Seeds to train side by side, such as 42,123,456; each gets its own folder seed_N",
        HelpName = "LIST",
    };

    private readonly Option<string?> _directory = TrainingFolderOption.Create(
        "Folder to write the SAE to, with --seeds the folder of the folders seed_N [default: runs/sae/NAME/seed_N, NAME from the "
        + "configuration file; without one, such as runs/topk_layer0/seed_42]");

    private readonly Option<bool> _resume = new("--resume")
    {
        Description = "Resume training; the result is bit-identical to an uninterrupted run",
    };

    private readonly Option<bool> _strict = new("--strict") { Description = "Exit with code 3 if a check raises a red flag" };
    private readonly ActivationInput _activations;
    private readonly TrackerOption _tracker = new();

    public SaeTrainCommand()
        : base(
            "train", "Train SAEs on the activations of a transformer or of a file, or on samples of a world",
            "husai sae train --config configs/sae/topk_8x_k32.yaml --checkpoint runs/model --seed 42",
            "husai sae train --config configs/sae/relu_8x.yaml --activations activations.npy --seeds 42,123,456,789,1011 --json",
            "husai sae train --world configs/worlds/small_trees.yaml --rows 1000000 --set k=8 --epochs 1 --seeds 1,2,3 "
                + "--output runs/saes")
    {
        Options.Add(_config);
        _activations = new ActivationInput(this);
        Options.Add(_epochs);
        Options.Add(_seed);
        Options.Add(_seeds);
        Options.Add(_set);
        Options.Add(_directory);
        Options.Add(_resume);
        Options.Add(_strict);
        _tracker.AddTo(this);
        Validators.Add(result =>
        {
            if (result.Has(_seed) && result.Has(_seeds))
            {
                result.AddError("give either --seed or --seeds");
            }
        });
    }

    public override bool SavesWhenInterrupted => true;

    public override int Run(CommandContext context)
    {
        var (options, trackers) = ReadOptions(context);
        using var activations = _activations.Open(context);
        var trainings = Trainings(context, options, activations.Provenance.Layer);
        trainings.ForEach(training => SaeTrainings.RequireFree(training.Folder!, context.Get(_resume)));
        if (activations.Source.Rows < 2 || activations.Source.Width < 1)
        {
            throw new BadInputException(
                $"the activations are [{activations.Source.Rows}, {activations.Source.Width}]: too few to train on");
        }

        SaeArguments.Checked(() => options.RequireLatents(activations.Source.Width));

        // Asked again under the locks: another process may have begun meanwhile.
        using var locks = FolderLocks.Take(trainings.Select(training => training.Folder!));
        trainings.ForEach(training => SaeTrainings.RequireFree(training.Folder!, context.Get(_resume)));
        var results = Train(context, trainings, activations, _tracker.Names(context, trackers));
        var documents = results.Select((result, index) => Document(trainings[index], result, activations)).ToList();
        if (context.Get(_seeds) is null)
        {
            context.Output.Result(documents[0], console => SaeTable.Write(console, documents));
        }
        else
        {
            context.Output.Result(new { Saes = documents }, console => SaeTable.Write(console, documents));
        }

        return context.Get(_strict) && documents.Any(document => document.Checks!.Any(check => check is { RedFlag: true, Ok: false }))
            ? ExitCode.CheckFailed : ExitCode.Success;
    }

    private static SaeDocument Document(
        (SaeOptions Options, string? Folder) training, SaeTrainingResult result, OpenActivations activations)
    {
        var overlap = activations.Circuit?.OverlapOf(result.Saved);
        return SaeDocument.Of(training.Folder!, result.Saved, result.Metrics) with
        {
            Seed = training.Options.Seed,
            Steps = result.Steps,
            RowsPerSecond = result.RowsPerSecond,
            Spliced = activations.Splice?.Invoke(result.Saved.Sae),
            CircuitOverlap = overlap,
            Checks = overlap is null ? result.Checks : [.. result.Checks, CircuitSite.CheckOf(overlap)],
        };
    }

    private TrackedConfiguration<SaeOptions> ReadOptions(CommandContext context)
    {
        var overrides = context.Get(_set) ?? [];
        var read = context.Get(_config) is { } path
            ? ConfigurationReader.ReadTracked<SaeOptions>(path, overrides)
            : ConfigurationReader.ParseTracked<SaeOptions>("{}", "--set", overrides);
        var options = context.Get(_seed) is { } seed ? read.Options with { Seed = seed } : read.Options;
        return read with { Options = context.Get(_epochs) is { } epochs ? options with { Epochs = epochs } : options };
    }

    private List<(SaeOptions Options, string? Folder)> Trainings(CommandContext context, SaeOptions options, int? layer)
    {
        var given = context.Get(_directory);
        var folder = given ?? (context.Get(_config), layer) switch
        {
            ({ } path, _) => Path.Combine(RunFolders.DefaultRoot, "sae", Path.GetFileNameWithoutExtension(path)),
            (null, { } known) => Path.Combine(RunFolders.DefaultRoot, RunFolders.OfLayer(options.Architecture, known)),
            _ => Path.Combine(RunFolders.DefaultRoot, "sae", options.Architecture),
        };
        if (context.Get(_seeds) is not { } list)
        {
            return [(options, given ?? Path.Combine(folder, RunFolders.OfSeed(options.Seed)))];
        }

        var trainings = new List<(SaeOptions Options, string? Folder)>();
        foreach (var text in list.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
            {
                throw new BadInputException($"--seeds has '{text}' where a whole number is needed");
            }

            if (trainings.Any(training => training.Options.Seed == seed))
            {
                throw new BadInputException($"--seeds has {seed} twice");
            }

            trainings.Add((options with { Seed = seed }, Path.Combine(folder, RunFolders.OfSeed(seed))));
        }

        return trainings;
    }

    private IReadOnlyList<SaeTrainingResult> Train(
        CommandContext context, List<(SaeOptions Options, string? Folder)> trainings, OpenActivations activations,
        IReadOnlyList<string> trackers)
    {
        var group = trainings.Count == 1 ? null : Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(trainings[0].Folder!)));
        var tracking = new SaeTracking([.. trainings.Select(training =>
            SaeTracking.Open(trackers, training.Folder!, training.Options, group, TrackerOption.Warn(context)))]);
        var rows = new long[trainings.Count];
        var epochs = trainings.Sum(training => (long)training.Options.Epochs);
        var heldOut = trainings[0].Options.HeldOutFraction;
        var total = epochs * (activations.Source.Rows - (long)(activations.Source.Rows * heldOut));
        using var progress = context.Output.Progress(
            trainings.Count == 1 ? "training" : $"training {trainings.Count} SAEs", total, unit: "rows");
        return tracking.Run(() => SaeTrainings.Train(
            trainings, activations.Source, activations.Provenance, context.Get(_resume), context.TrainingWorkers,
            step =>
            {
                tracking.Report(step);
                Volatile.Write(ref rows[step.Index], step.Rows);
                progress.Report(rows.Sum(), string.Create(CultureInfo.InvariantCulture, $"loss {step.Loss:G4}"));
            },
            TrackerOption.Warn(context), context.Cancellation));
    }
}
