using Husai.Analysis.Geometry;
using Husai.Analysis.Published;
using Husai.Analysis.Similarity;
using Husai.Analysis.Stability;
using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Metrics;
using Husai.Autoencoders.Model;
using Husai.Experiments.Configuration;
using Husai.Experiments.Jobs;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Plan;
using Husai.Numerics.Parallelism;

namespace Husai.Experiments.Studies.Published;

/// <summary>Makes the original project's measures on the SAEs of a site.</summary>
internal sealed class AsPublishedJob(ActivationsJob activations, IReadOnlyList<ConfigurationPlan> configurations, StudyAnalyses analyses)
    : Job($"as_published/{activations.Place}", [.. configurations.SelectMany(plan => plan.Seeds), activations, activations.Transformer])
{
    private const double PairSeconds = 4e-10;
    private static readonly int[] LeadingFrequencies = [2, 5, 10];

    public override string Kind => "as_published";

    // 2: reconstruction of all rows.
    public override int Version => 2;

    public override bool CanDoWithout(Job dependency) => dependency is SaeJob;

    public override IReadOnlyList<string> Outputs => [AsPublishedResult.FileName];

    public override string Inputs => ConfigurationWriter.WriteKey(
        new StudyAnalyses { Similarity = analyses.Similarity, FurtherSimilarities = [], ChanceDraws = analyses.ChanceDraws });

    public override double Cost => 0.2 + PairSeconds * activations.Width * configurations.Sum(
        plan =>
            plan.Seeds.Count * (double)plan.Seeds.Count * plan.Seeds[0].Options.LatentsFor(
                activations.Width) * plan.Seeds[0].Options.LatentsFor(activations.Width));

    public override void Run(JobContext context, Workers workers)
    {
        var embedding = activations.LoadTransformer(context).Model.NamedTensors().First(tensor => tensor.Name == "embed.W_E").ToMatrix();
        var covariance = activations.Derived.Covariance(context, workers);
        var rows = new MatrixActivations(activations.Load(context));
        var results = new List<AsPublishedConfiguration>();
        foreach (var plan in configurations.Where(plan => plan.Seeds.Any(context.IsComplete)))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            context.Report(results.Count / (double)configurations.Count, plan.Sae.Name);
            results.Add(Measure(context, plan, covariance, rows, workers));
        }

        ExperimentJson.Write(context.PathOf(AsPublishedResult.FileName), new AsPublishedResult(
            [
                .. LeadingFrequencies.Where(count => count < activations.Modulus)
                    .Select(count => FourierR2.Of(embedding, activations.Modulus, count))],
            results));
    }

    private AsPublishedConfiguration Measure(
        JobContext context, ConfigurationPlan plan, Covariance covariance, MatrixActivations rows, Workers workers)
    {
        var trained = plan.Seeds.Where(context.IsComplete).ToList();
        var dictionaries = trained.ConvertAll(job => job.LoadDictionary(context));
        return new AsPublishedConfiguration(
            plan.Sae.Name, [.. trained.Select(job => job.Seed)], AsPublishedScores.Of(dictionaries, activations.Modulus, workers),
            ToReference(context, plan, dictionaries, workers), Unpinned(plan, dictionaries, covariance, workers),
            trained.ConvertAll(job => Reconstruct(job.Load(context).Sae, rows, workers.Until(context.Cancellation))));
    }

    private static ReconstructionAsPublished Reconstruct(Sae sae, MatrixActivations rows, Workers workers)
    {
        var metrics = SaeEvaluator.Evaluate(sae, rows, workers: workers);
        return new ReconstructionAsPublished(
            metrics.ExplainedVariance, CoordinateExplainedVariance.Of(sae, rows, workers), metrics.L0, metrics.Mse);
    }

    private List<double>? ToReference(JobContext context, ConfigurationPlan plan, List<LatentDictionary> dictionaries, Workers workers)
    {
        if (plan.Sae.Pinned is not { } pins)
        {
            return null;
        }

        var reference = configurations.First(other => other.Sae.Name == pins.Reference).Seeds.First(job => job.Seed == pins.Seed)
            .LoadDictionary(context);
        return dictionaries.ConvertAll(dictionary => AsPublishedScores.Pwmcc(dictionary, reference, workers));
    }

    // The question that pinning was meant to answer: do the others come to agree more when some are given?
    private SeedSimilarity? Unpinned(ConfigurationPlan plan, List<LatentDictionary> dictionaries, Covariance covariance, Workers workers)
    {
        if (plan.Sae.Pinned is not { } pins)
        {
            return null;
        }

        var rest = dictionaries.ConvertAll(dictionary => Rest(dictionary, pins.RowsOf(dictionary.Latents)));
        return rest.Count < 2 || rest.Contains(null)
            ? null
            : SeedStability.Of(rest!, UnpinnedOptions, covariance, workers: workers).Main;
    }

    private StabilityOptions UnpinnedOptions => analyses.StabilityOptions() with
    {
        Similarity = analyses.Similarity with { IncludeDead = true },
        FurtherSimilarities = [],
        Parts = StabilityParts.Turned | StabilityParts.References,
    };

    private LatentDictionary? Rest(LatentDictionary dictionary, int pinned)
    {
        int[] latents = [.. Enumerable.Range(pinned, dictionary.Latents - pinned).Where(
            latent => !(dictionary.FiringFrequencies?[latent] < analyses.Similarity.DeadThreshold))];
        return latents.Length == 0
            ? null
            : new LatentDictionary(dictionary.Name + " unpinned", new LatentSelection(latents, 0, 0).RowsOf(dictionary.Decoder));
    }
}
