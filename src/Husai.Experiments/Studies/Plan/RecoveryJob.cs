using Husai.Analysis.Circuits;
using Husai.Experiments.Jobs;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Results;
using Husai.Numerics.Parallelism;

namespace Husai.Experiments.Studies.Plan;

/// <summary>Compares the SAEs of a configuration with the known circuit.</summary>
internal sealed class RecoveryJob(
    ActivationsJob activations, string configuration, IReadOnlyList<SaeJob> seeds, StudyAnalyses analyses)
    : Job($"recovery/{activations.Place}/{configuration}", [.. seeds, activations, activations.Transformer])
{
    private const double SecondsPerLatent = 1e-3;

    public override string Kind => "recovery";

    // 2: directions are compared with other planes of the same span; the verdict over the seeds.
    public override int Version => 2;

    public override bool CanDoWithout(Job dependency) => dependency is SaeJob;

    public override IReadOnlyList<string> Outputs => [RecoveryResult.FileName];

    public override string Inputs => analyses.RecoveryInputs();

    public override double Cost => 0.5 + SecondsPerLatent * seeds.Count * seeds[0].Options.LatentsFor(activations.Width);

    public override void Run(JobContext context, Workers workers)
    {
        var site = activations.Derived.Analysed(context, workers);
        var trained = seeds.Where(context.IsComplete).ToList();
        var results = new List<SeedRecovery>();
        foreach (var seed in trained)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            context.Report(results.Count / (double)trained.Count, FormattableString.Invariant($"seed {seed.Seed}"));
            var (basis, reconstruction) = site.Read(seed.DictionaryName, seed.Load(context).Sae);
            results.Add(new SeedRecovery(seed.Seed, site.Measure(basis), site.Splice(reconstruction)));
        }

        var verdict = results.Count == 0 ? null : CircuitVerdict.Of([.. results.Select(result => result.Report)], site.References);
        ExperimentJson.Write(context.PathOf(RecoveryResult.FileName), new RecoveryResult(results, verdict));
    }
}
