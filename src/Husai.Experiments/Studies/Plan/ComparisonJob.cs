using Husai.Analysis;
using Husai.Experiments.Configuration;
using Husai.Experiments.Jobs;
using Husai.Numerics;

namespace Husai.Experiments.Studies;

/// <summary>Compares all autoencoders of a site with each other and tests configurations against each other.</summary>
internal sealed class ComparisonJob(ActivationsJob activations, IReadOnlyList<AutoencoderJob> autoencoders, StudyAnalyses analyses)
    : Job($"comparisons/{activations.Place}", autoencoders)
{
    private const double PairSeconds = 2e-10;
    private const int MostConfigurations = 6;

    public override string Kind => "comparison";

    public override bool CanDoWithout(Job dependency) => dependency is AutoencoderJob;

    public override IReadOnlyList<string> Outputs => [ComparisonResult.FileName];

    public override string Inputs => ConfigurationWriter.Write(
        new StudyAnalyses { Similarity = analyses.Similarity, FurtherSimilarities = [], Comparisons = analyses.Comparisons });

    public override double Cost
    {
        get
        {
            var sizes = autoencoders.Sum(job => (double)job.Options.LatentsFor(activations.Width));
            return 0.05 + PairSeconds * sizes * sizes / 2 * activations.Width;
        }
    }

    public override void Run(JobContext context, Workers workers)
    {
        var trained = autoencoders.Where(context.IsComplete).ToList();
        var dictionaries = trained.Select(job => job.LoadDictionary(context)).ToList();
        var values = SeedAgreement.Identity(trained.Count);
        for (var i = 0; i < trained.Count; i++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            context.Report(i / (double)trained.Count, $"{trained.Count} autoencoders");
            for (var j = i + 1; j < trained.Count; j++)
            {
                values[i, j] = values[j, i] = DictionarySimilarity.Between(dictionaries[i], dictionaries[j], analyses.Similarity, workers).Value;
            }
        }

        ExperimentJson.Write(context.PathOf(ComparisonResult.FileName), new ComparisonResult(
            analyses.Similarity.Name, [.. trained.Select(job => job.Configuration)], [.. trained.Select(job => job.Seed)],
            SeedAgreement.Rows(values), Tests(trained, values)));
    }

    private List<StabilityTest> Tests(List<AutoencoderJob> trained, double[,] values)
    {
        var tests = new List<StabilityTest>();
        foreach (var (first, second) in Pairs([.. trained.Select(job => job.Configuration).Distinct()]))
        {
            int[] a = [.. Indices(trained, first)];
            int[] b = [.. Indices(trained, second)];
            if (a.Length >= 2 && b.Length >= 2)
            {
                var both = Submatrix(values, [.. a, .. b]);
                tests.Add(new StabilityTest(
                    first, second, PermutationTest.Within(both, a.Length), EffectSize.HedgesG(SeedMeans(values, a), SeedMeans(values, b)), 0,
                    MannWhitney.Test(PairValues(values, a), PairValues(values, b))));
            }
        }

        var adjusted = MultipleComparisons.Holm([.. tests.Select(test => test.Test.PTwoSided)]);
        return [.. tests.Select((test, index) => test with { AdjustedP = adjusted[index] })];
    }

    private IEnumerable<(string First, string Second)> Pairs(IReadOnlyList<string> names)
    {
        if (analyses.Comparisons.Count > 0 || names.Count > MostConfigurations)
        {
            return analyses.Comparisons.Select(pair => (pair.First, pair.Second));
        }

        return names.SelectMany((first, index) => names.Skip(index + 1).Select(second => (first, second)));
    }

    private static IEnumerable<int> Indices(List<AutoencoderJob> trained, string configuration) =>
        Enumerable.Range(0, trained.Count).Where(index => trained[index].Configuration == configuration);

    private static double[,] Submatrix(double[,] values, int[] indices)
    {
        var result = new double[indices.Length, indices.Length];
        for (var i = 0; i < indices.Length; i++)
        {
            for (var j = 0; j < indices.Length; j++)
            {
                result[i, j] = values[indices[i], indices[j]];
            }
        }

        return result;
    }

    private static double[] SeedMeans(double[,] values, int[] indices) =>
        [.. indices.Select(i => indices.Where(j => j != i).Average(j => values[i, j]))];

    private static double[] PairValues(double[,] values, int[] indices) =>
        [.. indices.SelectMany((i, position) => indices.Skip(position + 1).Select(j => values[i, j]))];
}
