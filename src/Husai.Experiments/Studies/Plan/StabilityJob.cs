using Husai.Analysis;
using Husai.Experiments.Configuration;
using Husai.Experiments.Jobs;
using Husai.Numerics;

namespace Husai.Experiments.Studies;

/// <summary>Measures how far the seeds of a configuration agree, and what chance alone would give.</summary>
internal sealed class StabilityJob(ActivationsJob activations, string configuration, IReadOnlyList<AutoencoderJob> seeds, StudyAnalyses analyses)
    : Job($"stability/{activations.Place}/{configuration}", [.. seeds, activations])
{
    private const double PairSeconds = 2e-10;

    public override string Kind => "stability";

    // 2: chance at each pair's own numbers of latents.
    public override int Version => 2;

    public override bool CanDoWithout(Job dependency) => dependency is AutoencoderJob;

    // What is measured elsewhere does not decide this result.
    public override IReadOnlyList<string> Outputs => [StabilityResult.FileName];

    public override string Inputs => ConfigurationWriter.Write(
        new StudyAnalyses
        {
            Similarity = analyses.Similarity,
            FurtherSimilarities = analyses.FurtherSimilarities,
            ChanceDraws = analyses.ChanceDraws,
            SubspaceRanks = analyses.SubspaceRanks,
        });

    public override double Cost
    {
        get
        {
            var latents = seeds[0].Options.LatentsFor(activations.Width);
            var pairs = seeds.Count * (seeds.Count - 1) / 2 + analyses.ChanceDraws;
            return 0.1 + PairSeconds * pairs * (1 + analyses.FurtherSimilarities.Count) * latents * (double)latents * activations.Width;
        }
    }

    public override void Run(JobContext context, Workers workers)
    {
        var trained = seeds.Where(context.IsComplete).ToList();
        var dictionaries = trained.Select(seed => seed.LoadDictionary(context)).ToList();
        var covariance = Covariance.Of(activations.Load(context), workers);
        var measurement = new SeedAgreement(dictionaries, covariance, analyses, workers);
        var similarities = new List<SimilarityResult>();
        foreach (var options in (IEnumerable<SimilarityOptions>)[analyses.Similarity, .. analyses.FurtherSimilarities])
        {
            context.Cancellation.ThrowIfCancellationRequested();
            context.Report(similarities.Count / (1.0 + analyses.FurtherSimilarities.Count), options.Name);
            if (dictionaries.Count > 1)
            {
                similarities.Add(measurement.Measure(options));
            }
        }

        var matches = measurement.BestMatches();
        ExperimentJson.Write(context.PathOf(StabilityResult.FileName), new StabilityResult
        {
            Seeds = [.. trained.Select(seed => seed.Seed)],
            Alive = measurement.Alive,
            Similarities = similarities,
            BinEdges = matches.Edges,
            BestMatches = matches.Observed,
            IsotropicMatches = matches.Isotropic,
            CovarianceMatches = matches.CovarianceMatched,
            Subspaces = measurement.Subspaces(),
            Latents = measurement.Latents(),
        });
    }
}
