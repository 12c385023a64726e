using Husai.Analysis.Latents;
using Husai.Analysis.Stability;
using Husai.Experiments.Jobs;
using Husai.Experiments.Latents;
using Husai.Experiments.Studies.Results;
using Husai.Numerics.Parallelism;

namespace Husai.Experiments.Studies.Plan;

/// <summary>
/// Finds out what the most and the least stable latents of a configuration fire on, and their best matches in the other seeds: one pass
/// over the rows for each seed.
/// </summary>
/// <param name="activations">The store.</param>
/// <param name="configuration">Name of the configuration.</param>
/// <param name="seeds">Its SAEs.</param>
/// <param name="stability">Knows the latents' matches.</param>
/// <param name="latents">Number of most stable latents, and of least stable ones.</param>
internal sealed class ContextsJob(
    StoredActivationsJob activations, string configuration, IReadOnlyList<SaeJob> seeds, StabilityJob stability, int latents)
    : Job($"contexts/{activations.Place}/{configuration}", [stability, .. seeds, activations])
{
    private const double FlopsPerSecond = 4e10;

    // What fires on fewer rows than are shown has too few contexts to compare.
    private const double LeastFirings = 10;
    private static readonly LatentProfileOptions Shown = new() { Top = 3, Samples = 0, Context = 8 };

    public override string Kind => "contexts";

    public override bool CanDoWithout(Job dependency) => dependency is SaeJob;

    public override IReadOnlyList<string> Outputs => [ContextsResult.FileName];

    public override string Inputs => FormattableString.Invariant($"{latents}");

    public override double Cost =>
        seeds.Sum(seed => (double)activations.Rows * seed.Options.LatentsFor(activations.Width) * activations.Width * 2) / FlopsPerSecond;

    public override void Run(JobContext context, Workers workers)
    {
        var stable = ExperimentJson.Read<StabilityResult>(Path.Combine(context.FolderOf(stability), StabilityResult.FileName));
        if (stable.Agreement is not { } agreement)
        {
            ExperimentJson.Write(context.PathOf(ContextsResult.FileName), new ContextsResult(null, []));
            return;
        }

        using var profiled = ProfiledActivations.Open(activations.PathIn(context));
        var rows = profiled.Rows.Rows;
        var chosen = ShownLatents.Of(agreement, latent => latent.FiringFrequency * rows >= LeastFirings, 2 * latents).ToArray();
        var trained = stable.Seeds.Select(number => seeds.First(seed => seed.Seed == number)).ToArray();
        var matches = new MatchedContexts[trained.Length][];
        for (var n = 0; n < trained.Length; n++)
        {
            var (done, seed) = (n, trained[n]);
            var profiles = Profiles(
                context, profiled, seed, [.. chosen.Select(one => LatentIn(one.Latent, done))], workers, done / (double)trained.Length,
                1.0 / trained.Length);
            matches[n] =
            [
                .. profiles.Select((profile, index) => new MatchedContexts(
                    seed.Seed, profile.Latent, chosen[index].Latent.Cosines[done], profile.FiringFrequency, profile.Top)),
            ];
        }

        ExperimentJson.Write(context.PathOf(ContextsResult.FileName), new ContextsResult(
            profiled.Tokenizer,
            [.. chosen.Select((one, index) => new LatentContextsResult(one.Title, [.. matches.Select(seed => seed[index])]))]));
    }

    private static int LatentIn(LatentStability latent, int sae) => sae == latent.Sae ? latent.Latent : latent.Partners[sae];

    // Several latents may have the same match: each is looked at once.
    private static IEnumerable<LatentProfile> Profiles(
        JobContext context, ProfiledActivations profiled, SaeJob seed, int[] wanted, Workers workers, double before, double share)
    {
        int[] different = [.. wanted.Distinct()];
        var measured = LatentProfiler.Measure(
            seed.Load(context).Sae, profiled.Rows, different, Shown, workers,
            step => context.Report(before + share * step.Done / Math.Max(1, step.Total), $"seed {seed.Seed}, {step.Stage}"),
            context.Cancellation);
        var found = different.Zip(measured).ToDictionary(pair => pair.First, pair => profiled.Describe(pair.Second));
        return wanted.Select(latent => found[latent]);
    }
}
