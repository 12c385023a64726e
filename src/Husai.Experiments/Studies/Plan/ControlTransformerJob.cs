using Husai.Experiments.Configuration;
using Husai.Experiments.Jobs;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Results;
using Husai.Numerics.Parallelism;
using Husai.Transformers.Checkpoints;
using Husai.Transformers.Models;
using Husai.Transformers.Progress;
using Husai.Transformers.Training;

namespace Husai.Experiments.Studies.Plan;

/// <summary>Makes a network that is not trained: initial weights, or those of a trained one permuted.</summary>
/// <param name="transformer">The control.</param>
/// <param name="seed">Its seed.</param>
/// <param name="source">The trained network whose weights are permuted; null for initial weights.</param>
internal sealed class ControlTransformerJob(StudyTransformer transformer, long seed, TransformerJob? source)
    : TransformerJob(transformer, seed, source)
{
    public override string Kind => "control";

    public override IReadOnlyList<string> Outputs =>
        [.. TransformerCheckpoint.Files, TransformerResult.FileName];

    public override string Inputs => $"{ConfigurationWriter.WriteKey(Options)}control: {Control}\n";

    public override double Cost => 0.5;

    private string Control => ControlNetworks.NameOf(Transformer.Control!.Value);

    public override void Run(JobContext context, Workers workers)
    {
        var model = Source is null
            ? new TransformerTrainer(Options, workers).Model
            : TransformerCheckpoint.Load(context.FolderOf(Source)).Model.WithPermutedWeights((ulong)Seed);
        TransformerCheckpoint.Save(
            context.Folder, model, Options.Training,
            new Dictionary<string, string> { ["control"] = Control });
        var inspected = TransformerInspection.Of(TransformerCheckpoint.Load(context.Folder), workers.Until(context.Cancellation));
        ExperimentJson.Write(context.PathOf(TransformerResult.FileName), new TransformerResult
        {
            WeightsHash = inspected.WeightsHash,
            Epochs = 0,
            Steps = 0,
            TrainLoss = inspected.Train.Loss,
            TrainAccuracy = inspected.Train.Accuracy,
            TestLoss = inspected.Test.Loss,
            TestAccuracy = inspected.Test.Accuracy,
            Measures = inspected.Measures,
            Gate = inspected.Gate,
            EmbeddingSpectrum = SpectrumOf(model),
        });
    }
}
