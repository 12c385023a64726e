using System.Globalization;
using Husai.Formats.Files;
using Husai.Numerics.Parallelism;
using Husai.Transformers.Checkpoints;
using Husai.Transformers.Models;
using Husai.Transformers.Tasks;

namespace Husai.Transformers.Training;

/// <summary>
/// A training in a folder: <c>metrics.jsonl</c>, <c>best/</c>, <c>checkpoints/epoch_N/</c> (<c>epoch_N_restart_R</c> after restarts), the
/// state from which it can go on (<c>resume.safetensors</c>), and at the end the final model in the folder itself.
/// </summary>
internal sealed class TransformerRun
{
    private const string MetricsFile = "metrics.jsonl";
    private readonly string _directory;
    private readonly TransformerRunOptions _options;
    private readonly TransformerTrainer _trainer;
    private readonly long _metricsLength;

    private TransformerRun(string directory, TransformerRunOptions options, TransformerTrainer trainer, long metricsLength)
    {
        _directory = directory;
        _options = options;
        _trainer = trainer;
        _metricsLength = metricsLength;
    }

    /// <summary>Patterns of all files that a training writes into its folder, as paths with '/' in which '*' stands for anything.</summary>
    public static IReadOnlyList<string> Files { get; } =
    [
        MetricsFile, TrainerStateFile.Name,
        .. from folder in (string[])["", "best/", "checkpoints/epoch_*/"]
           from name in (string[])[TransformerCheckpoint.ConfigurationFile, TransformerCheckpoint.WeightsFile]
           select folder + name,
    ];

    /// <summary>The model, trained in place.</summary>
    public Transformer Model => _trainer.Model;

    /// <summary>The pairs trained on and held out.</summary>
    public DataSplit Split => _trainer.Split;

    /// <summary>Epochs that the start at work was trained so far: 0 at first unless resumed.</summary>
    public int Epoch => _trainer.Epoch;

    /// <summary>Starts before the one at work.</summary>
    public int Restarts => _trainer.Counters.Restarts;

    /// <summary>Called before each step with the number of steps taken, so that tests can stop anywhere.</summary>
    internal Action<long>? BeforeStep
    {
        set => _trainer.BeforeStep = value;
    }

    /// <summary>Makes sure that a training in a folder takes the place of nothing else: <see cref="Resume"/> does not ask.</summary>
    /// <param name="directory">The folder, which need not be there.</param>
    /// <param name="resume">Whether a training that is there is to go on.</param>
    /// <exception cref="ArgumentException"><paramref name="directory"/> is null or empty.</exception>
    /// <exception cref="InvalidFileException">It is a file, or holds something that would be lost.</exception>
    public static void RequireFree(string directory, bool resume)
    {
        string[] results = [TrainerStateFile.Name, TransformerCheckpoint.WeightsFile, MetricsFile];
        bool Has(string name) => File.Exists(Path.Combine(directory, name));
        if (!resume)
        {
            OutputFolder.RequireNoTraining(directory, results);
        }
        else if (!Has(TrainerStateFile.Name) && results.FirstOrDefault(Has) is { } found)
        {
            throw new InvalidFileException(
                directory, $"holds a {found}, but no {TrainerStateFile.Name}, so no transformer training can be resumed there; choose "
                    + "another folder");
        }

        OutputFolder.RequireNothingElse(
            directory, resume && Has(TrainerStateFile.Name) ? [.. results, TransformerCheckpoint.ConfigurationFile] : []);
    }

    /// <summary>Begins a training in a folder that holds none.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="InvalidFileException">The folder is a file, or holds a training already.</exception>
    public static TransformerRun Begin(string directory, TransformerRunOptions options, Workers? workers = null)
    {
        RequireFree(directory, resume: false);
        return new TransformerRun(directory, options, new TransformerTrainer(options, workers), metricsLength: 0);
    }

    /// <summary>Goes on with a training; begins it if it was interrupted before its first state was written.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="InvalidFileException">The state is damaged, or of a training with other options.</exception>
    public static TransformerRun Resume(string directory, TransformerRunOptions options, Workers? workers = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        var trainer = new TransformerTrainer(options, workers);
        var state = Path.Combine(directory, TrainerStateFile.Name);
        var metrics = File.Exists(state) ? TrainerStateFile.Read(state, trainer, options) : 0;
        return new TransformerRun(directory, options, trainer, metrics);
    }

    /// <summary>Trains to the end and writes the final model.</summary>
    /// <param name="progress">Told of each evaluation; may be null.</param>
    /// <param name="warn">Takes a line of text where something of the folder's records was lost; may be null.</param>
    /// <param name="cancellation">Stops between two steps, after writing the state.</param>
    /// <exception cref="TrainingDivergedException">The loss is not a number, or too large; the last checkpoint stays.</exception>
    /// <exception cref="OperationCanceledException">Training was stopped; its state is on disk.</exception>
    public TransformerTrainingResult Train(
        Action<TrainingProgress>? progress = null, Action<string>? warn = null, CancellationToken cancellation = default)
    {
        OutputFolder.Create(_directory);

        // What was written after the state is written again, in the same bits.
        var metrics = new LineFile(Path.Combine(_directory, MetricsFile));
        metrics.CutTo(_metricsLength, warn);
        var store = new Store(this, metrics);
        if (Epoch == 0)
        {
            // First, as by its state a folder is known to hold a transformer's training.
            store.SaveState(_trainer);
        }

        var result = _trainer.Train(store, progress, cancellation);
        Save(_directory, Model, result.Epochs, result.Restarts);
        return result;
    }

    private void Save(string directory, Transformer model, int epoch, int restarts) => TransformerCheckpoint.Save(
        directory, model, _options.Training, new Dictionary<string, string> { ["epoch"] = epoch.ToString(CultureInfo.InvariantCulture) },
        restarts);

    private sealed class Store(TransformerRun run, LineFile metrics) : ITrainingStore
    {
        public void Append(TrainingRecord record) => metrics.Append(CheckpointJson.SerializeLine(record));

        public void SaveBest(Transformer model, TrainingRecord record) =>
            run.Save(Path.Combine(run._directory, "best"), model, record.Epoch, record.Restarts);

        public void SaveCheckpoint(Transformer model, int epoch, int restarts)
        {
            var name = FormattableString.Invariant($"epoch_{epoch:000000}") + (restarts > 0 ? $"_restart_{restarts}" : "");
            run.Save(Path.Combine(run._directory, "checkpoints", name), model, epoch, restarts);
        }

        // The metrics first: the state holds their length.
        public void SaveState(TransformerTrainer trainer) => TrainerStateFile.Write(
            Path.Combine(run._directory, TrainerStateFile.Name), trainer, run._options, metrics.Flush());
    }
}
