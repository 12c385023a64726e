using Husai.Analysis.Comparison;
using Husai.Analysis.Stability;
using Husai.Experiments.Configuration;
using Husai.Experiments.Jobs;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Results;
using Husai.Numerics.Parallelism;

namespace Husai.Experiments.Studies.Plan;

/// <summary>Compares all SAEs of a site with each other and tests configurations against each other.</summary>
internal sealed class ComparisonJob(
    ActivationSourceJob activations, IReadOnlyList<SaeJob> saes, IReadOnlyList<StabilityJob> stabilities, StudyAnalyses analyses)
    : Job($"comparisons/{activations.Place}", [.. saes, .. stabilities])
{
    private const double PairSeconds = 2e-10;

    public override string Kind => "comparison";

    // 2: tests on kappa.
    public override int Version => 2;

    public override bool CanDoWithout(Job dependency) => dependency is SaeJob or StabilityJob;

    public override IReadOnlyList<string> Outputs => [ComparisonResult.FileName];

    public override string Inputs => ConfigurationWriter.WriteKey(
        new StudyAnalyses
        {
            Similarity = analyses.Similarity,
            FurtherSimilarities = [],
            ChanceDraws = analyses.ChanceDraws,
            Comparisons = analyses.Comparisons,
        });

    public override double Cost
    {
        get
        {
            var sizes = saes.Sum(job => (double)job.Options.LatentsFor(activations.Width));
            return 0.05 + PairSeconds * sizes * sizes / 2 * activations.Width;
        }
    }

    public override void Run(JobContext context, Workers workers)
    {
        var trained = saes.Where(context.IsComplete).ToList();
        var sets = trained.GroupBy(job => job.Configuration).Select(group => new ComparedSet(
            group.Key, [.. group.Select(job => job.LoadDictionary(context))], AgreementOf(context, [.. group]))).ToList();
        var comparison = SeedComparison.Of(
            sets, analyses.StabilityOptions(), activations: null, workers,
            step => context.Report(step.Done / (double)Math.Max(1, step.Total), step.Stage), context.Cancellation);
        var rows = sets.SelectMany(set => trained.Where(job => job.Configuration == set.Name)).ToList();
        ExperimentJson.Write(context.PathOf(ComparisonResult.FileName), new ComparisonResult(
            analyses.Similarity.Name, [.. rows.Select(job => job.Configuration)], [.. rows.Select(job => job.Seed)], comparison.Matrix,
            comparison.KappaMatrix,
            comparison.SharedStarts,
            PlannedComparison.Of(
                comparison, [.. sets.Select(set => set.Name)],
                Pairs([.. sets.Where(set => set.Dictionaries.Count > 1).Select(set => set.Name)]))));
    }

    // What the stability job has measured on the same seeds.
    private SeedSimilarity? AgreementOf(JobContext context, List<SaeJob> group)
    {
        if (stabilities.FirstOrDefault(job => job.Configuration == group[0].Configuration) is not { } stability
            || !context.IsComplete(stability))
        {
            return null;
        }

        var result = ExperimentJson.Read<StabilityResult>(Path.Combine(context.FolderOf(stability), StabilityResult.FileName));
        return result.Seeds.SequenceEqual(group.Select(seed => seed.Seed)) ? result.Agreement?.Main : null;
    }

    private IEnumerable<(string First, string Second)> Pairs(string[] names)
    {
        var asked = analyses.Comparisons.Count > 0 || names.Length > StudyAnalyses.MostComparedUnasked
            ? analyses.Comparisons.Select(pair => (pair.First, pair.Second))
            : names.SelectMany((first, index) => names.Skip(index + 1).Select(second => (first, second)));
        return asked.Where(pair => names.Contains(pair.Item1) && names.Contains(pair.Item2));
    }
}
