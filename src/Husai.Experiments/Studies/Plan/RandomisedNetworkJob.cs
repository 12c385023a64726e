using Husai.Experiments.Configuration;
using Husai.Experiments.Jobs;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Results;
using Husai.Formats.Files;
using Husai.Networks.Onnx;
using Husai.Networks.Randomisation;
using Husai.Numerics.Parallelism;

namespace Husai.Experiments.Studies.Plan;

/// <summary>Makes the copy of a network that has learnt nothing: its weights, each tensor permuted within itself.</summary>
/// <param name="control">The control.</param>
internal sealed class RandomisedNetworkJob(StudyNetwork control) : Job($"networks/{control.Name}")
{
    private const string ModelName = "model.onnx";

    public override string Kind => "control";

    public override IReadOnlyList<string> Outputs => [ModelName, RandomisedNetworkResult.FileName];

    public override string Inputs => $"{ConfigurationWriter.WriteKey(control.Randomise)}model: {control.Found!.Model}\n";

    public override double Cost => 2;

    /// <summary>The copy.</summary>
    public string ModelIn(JobContext context) => Path.Combine(context.FolderOf(this), ModelName);

    /// <summary>SHA-256 of the copy.</summary>
    public string HashIn(JobContext context) => ExperimentJson.Read<RandomisedNetworkResult>(
        Path.Combine(context.FolderOf(this), RandomisedNetworkResult.FileName)).ModelHash;

    public override void Run(JobContext context, Workers workers)
    {
        var file = OnnxFile.Read(control.Model);
        StudySources.RequireFound(file.Path, file.Hash, control.Found!.Model);
        var model = NetworkRandomiser.Randomise(file, (ulong)control.Randomise.Seed, control.Randomise.Kept, out var permuted);
        AtomicFile.Write(context.PathOf(ModelName), stream => stream.Write(model));
        ExperimentJson.Write(context.PathOf(RandomisedNetworkResult.FileName), new RandomisedNetworkResult(
            OnnxFile.Read(context.PathOf(ModelName)).Hash, permuted));
    }
}
