using Husai.Analysis.Functional;
using Husai.Analysis.Sites;
using Husai.Autoencoders.Activations;
using Husai.Experiments.Jobs;
using Husai.Experiments.Studies.Results;
using Husai.Numerics.Parallelism;

namespace Husai.Experiments.Studies.Plan;

/// <summary>Measures whether matched latents of a configuration's seeds do the same.</summary>
internal sealed class FunctionJob(ActivationsJob activations, string configuration, IReadOnlyList<SaeJob> seeds)
    : Job($"function/{activations.Place}/{configuration}", [.. seeds, activations, activations.Transformer])
{
    private const double FlopsPerSecond = 4e10;

    public override string Kind => "function";

    public override bool CanDoWithout(Job dependency) => dependency is SaeJob;

    public override IReadOnlyList<string> Outputs => [FunctionResult.FileName];

    // How functions are compared has no options in a study.
    public override string Inputs => "";

    public override double Cost => 1 + FunctionalAgreement.Flops(
        [.. seeds.Select(seed => seed.Options.LatentsFor(activations.Width))],
        Math.Min(new FunctionOptions().MostRows, activations.Modulus * activations.Modulus)) / FlopsPerSecond;

    public override void Run(JobContext context, Workers workers)
    {
        var site = activations.Site;
        var readOut = ReadOut.Of(activations.LoadTransformer(context).Model, site.ActivationSite, site.LayerIndex);
        var rows = new ActivationRows(new MatrixActivations(activations.Derived.Activations(context)));

        // An SAE of dead latents alone has no functions.
        var firing = seeds.Where(context.IsComplete).Where(seed => seed.Firing(context)).ToList();
        var agreement = firing.Count < 2 ? null : FunctionalAgreement.Of(
            firing.ConvertAll(seed => (seed.DictionaryName, seed.Load(context).Sae)), rows, readOut, workers: workers,
            progress: step => context.Report(step.Done / (double)Math.Max(1, step.Total), step.Stage),
            cancellation: context.Cancellation);
        ExperimentJson.Write(
            context.PathOf(FunctionResult.FileName), new FunctionResult([.. firing.Select(seed => seed.Seed)], agreement));
    }
}
