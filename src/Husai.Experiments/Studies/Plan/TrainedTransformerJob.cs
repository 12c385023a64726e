using Husai.Experiments.Configuration;
using Husai.Experiments.Jobs;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Results;
using Husai.Experiments.Trackers;
using Husai.Numerics.Parallelism;
using Husai.Transformers.Progress;
using Husai.Transformers.Training;

namespace Husai.Experiments.Studies.Plan;

/// <summary>Trains a transformer and measures it.</summary>
internal sealed class TrainedTransformerJob(StudyTransformer transformer, long seed, StudyTracking tracking)
    : TransformerJob(transformer, seed)
{
    private const int UsualEpochs = 350;
    private const double FlopsPerSecond = 5e10;

    public override string Kind => "transformer";

    public override IReadOnlyList<string> Outputs => [.. TransformerRun.Files, TransformerResult.FileName];

    public override string Inputs => $"{ConfigurationWriter.WriteKey(Options)}gate: {YamlText.OfScalar(Transformer.Gate, earlier: true)}\n";

    // Forward and backward products of the inputs trained on, at the speed of a core; most trainings end long before their last epoch.
    public override double Cost =>
        Math.Min(Options.Training.Epochs, UsualEpochs) * Options.Training.TrainFraction * Square(
            Options.Task.Modulus) * Options.Model.Layers
        * (
            6.0 * Options.Model.ModelWidth * (
                2.0 * Options.Model.MlpWidth + 2 * Options.Model.ModelWidth + Options.Task.Modulus)) / FlopsPerSecond;

    public override bool SavesWhenInterrupted => true;

    public override void Run(JobContext context, Workers workers)
    {
        var run = TransformerRun.Resume(context.Folder, Options, workers);
        var tracked = new TransformerTracking(
            TransformerTracking.Open(tracking.Names, context.Folder, Options, tracking.Study, tracking.Warn, Name));
        var ended = tracked.Run(() => run.Train(
            progress =>
            {
                tracked.Report(progress);
                context.Report(Fraction(progress), Note(progress));
            },
            tracking.Warn, context.Cancellation));
        var measures = ProgressMeasures.Of(run.Model, run.Split, workers.Until(context.Cancellation));
        var test = new Evaluation(ended.Last.TestLoss, ended.Last.TestAccuracy);
        var result = new TransformerResult
        {
            WeightsHash = run.Model.WeightsHash(),
            Restarts = ended.Restarts,
            Epochs = ended.Epochs,
            Steps = ended.Steps,
            MemorisedEpoch = ended.MemorisedEpoch,
            GrokEpoch = ended.GrokEpoch,
            TrainLoss = ended.Last.TrainLoss,
            TrainAccuracy = ended.Last.TrainAccuracy,
            TestLoss = test.Loss,
            TestAccuracy = test.Accuracy,
            Measures = measures,
            Gate = TransformerGate.Check(run.Model, test, measures),
            EmbeddingSpectrum = SpectrumOf(run.Model),
        };
        if (Transformer.Control == StudyControl.Memorised)
        {
            Memorisation.Require(result, Options.Task.Modulus);
        }

        if (Transformer.Gate == GateRule.Require && !result.PassesGate())
        {
            var failed = result.Gate.Where(check => !check.Ok).Select(check =>
                FormattableString.Invariant($"{check.Name} is {check.Value:g4}, needed {check.Relation} {check.Limit:g4}"));
            var starts = ended.Restarts > 0 ? FormattableString.Invariant($" at restart {ended.Restarts}, the last") : "";
            throw new InvalidOperationException($"the transformer does not pass the gate{starts}: {string.Join("; ", failed)}");
        }

        ExperimentJson.Write(context.PathOf(TransformerResult.FileName), result);
    }

    private static double Square(double value) => value * value;

    // Where clean-up has begun the end is known; before it, a training that takes longer than usual is taken to be at three quarters.
    private static double Fraction(TrainingProgress progress) =>
        progress.Record.Epoch / (double)Math.Min(progress.Epochs, Math.Max(UsualEpochs, progress.Record.Epoch * 4 / 3));

    private static string Note(TrainingProgress progress) => FormattableString.Invariant(
        $"{RestartText.Before(progress.Record)}epoch {progress.Record.Epoch} of at most {progress.Epochs}, ")
        + FormattableString.Invariant($"held-out accuracy {progress.Record.TestAccuracy:0.000}");
}
