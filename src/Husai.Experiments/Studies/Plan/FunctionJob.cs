using Husai.Analysis.Functional;
using Husai.Analysis.Sites;
using Husai.Autoencoders.Activations;
using Husai.Experiments.Jobs;
using Husai.Experiments.Studies.Results;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Experiments.Studies.Plan;

/// <summary>Measures whether matched latents of a configuration's seeds do the same.</summary>
internal sealed class FunctionJob(ActivationSourceJob activations, string configuration, IReadOnlyList<SaeJob> seeds)
    : Job($"function/{activations.Place}/{configuration}", [.. seeds, activations, .. TransformerOf(activations)])
{
    private const double FlopsPerSecond = 4e10;

    public override string Kind => "function";

    public override bool CanDoWithout(Job dependency) => dependency is SaeJob;

    public override IReadOnlyList<string> Outputs => [FunctionResult.FileName];

    // How functions are compared has no options in a study.
    public override string Inputs => "";

    public override double Cost => 1 + FunctionalAgreement.Flops(
        [.. seeds.Select(seed => seed.Options.LatentsFor(activations.Width))],
        Math.Min(new FunctionOptions().MostRows, activations.Rows), activations.Width) / FlopsPerSecond;

    public override void Run(JobContext context, Workers workers)
    {
        if (activations is ActivationsJob transformed)
        {
            var site = transformed.Site;
            Measure(
                context, new MatrixActivations(transformed.Derived.Activations(context)),
                ReadOut.Of(transformed.LoadTransformer(context).Model, site.ActivationSite, site.LayerIndex), workers);
            return;
        }

        // What reads other activations is not known: effects on an output are not compared.
        using var opened = activations.Open(context, workers);
        Measure(context, opened.Source, readOut: null, workers);
    }

    private void Measure(JobContext context, IActivationSource source, Matrix? readOut, Workers workers)
    {
        // An SAE of dead latents alone has no functions.
        var firing = seeds.Where(context.IsComplete).Where(seed => seed.Firing(context)).ToList();
        var agreement = firing.Count < 2 ? null : FunctionalAgreement.Of(
            firing.ConvertAll(seed => (seed.DictionaryName, seed.Load(context).Sae)), new ActivationRows(source), readOut, workers: workers,
            progress: step => context.Report(step.Done / (double)Math.Max(1, step.Total), step.Stage),
            cancellation: context.Cancellation);
        ExperimentJson.Write(
            context.PathOf(FunctionResult.FileName), new FunctionResult([.. firing.Select(seed => seed.Seed)], agreement));
    }

    private static IEnumerable<Job> TransformerOf(ActivationSourceJob activations) =>
        activations is ActivationsJob site ? [site.Transformer] : [];
}
