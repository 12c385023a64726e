using Husai.Experiments.Jobs;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Results;
using Husai.Numerics.Parallelism;

namespace Husai.Experiments.Studies.Plan;

/// <summary>Finds the circuit at a site and compares bases that were not trained with it.</summary>
internal sealed class BaselineJob(ActivationsJob activations, StudyAnalyses analyses)
    : Job($"baselines/{activations.Place}", activations, activations.Transformer)
{
    public override string Kind => "baseline";

    // 2: neurons are directions after the MLP too, and there are as many principal components as dimensions of the planes.
    // 3: directions are compared with other planes of the same span.
    public override int Version => 3;

    public override IReadOnlyList<string> Outputs => [BaselineResult.FileName];

    public override string Inputs => analyses.RecoveryInputs();

    public override double Cost => 1;

    public override void Run(JobContext context, Workers workers)
    {
        var site = activations.Derived.Analysed(context, workers);
        ExperimentJson.Write(context.PathOf(BaselineResult.FileName), new BaselineResult(
            [.. site.Circuit.Planes.Select(plane => new PlaneResult(plane.Name, plane.Frequency, plane.VarianceShare))],
            site.Circuit.AnswerShare,
            site.Neurons() is { } neurons ? site.Measure(neurons) : null,
            site.Measure(site.PrincipalComponents())));
    }
}
