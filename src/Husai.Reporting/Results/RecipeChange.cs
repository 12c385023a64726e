using Husai.Analysis.Comparison;
using Husai.Experiments.Studies;

namespace Husai.Reporting.Results;

/// <summary>A configuration beside the one of which it changes something, at one site over the transformers of a study.</summary>
/// <param name="Study">Name of the study.</param>
/// <param name="Site">Layer and site, such as <c>L0.resid_post</c>.</param>
/// <param name="Plain">The configuration that is changed.</param>
/// <param name="Changed">The changed one.</param>
/// <param name="OnEachTransformer">Kappa of the plain minus that of the changed one, each with its interval over seeds.</param>
/// <param name="OverTransformers">The same over transformers; null where there is one, or a kappa is missing.</param>
internal sealed record RecipeChange(
    string Study, string Site, string Plain, string Changed, IReadOnlyList<KappaDifference?> OnEachTransformer,
    KappaDifference? OverTransformers)
{
    // Fewer are single questions, which the report of the study answers.
    private const int LeastChanges = 3;

    /// <summary>The changes that a study tries of one configuration, where there are several.</summary>
    public static IEnumerable<RecipeChange> Of(StudyResults study)
    {
        var plain = study.Options.Analyses.Comparisons.GroupBy(comparison => comparison.First)
            .Where(group => group.Count() >= LeastChanges).Select(group => group.Key).ToHashSet();
        foreach (var site in study.Sites.Where(site => site.Control is null).GroupBy(site => site.Site.Name))
        {
            var tests = site.SelectMany(part => part.Comparison?.Tests ?? []).Where(test => plain.Contains(test.First)).ToList();
            var pooled = PlannedComparison.OverModels(tests);
            foreach (var change in tests.GroupBy(test => (test.First, test.Second)))
            {
                yield return new RecipeChange(
                    study.Options.Name, site.Key, change.Key.First, change.Key.Second,
                    [.. change.Select(test => test.Difference)],
                    pooled.FirstOrDefault(test => (test.First, test.Second) == change.Key)?.Difference);
            }
        }
    }

    /// <summary>Whether it raises agreement: on every transformer the interval over seeds lies above 0.</summary>
    public bool Raises => OnEachTransformer.All(difference => difference?.High < 0);

    /// <summary>Whether it lowers agreement: on every transformer the interval over seeds lies below 0.</summary>
    public bool Lowers => OnEachTransformer.All(difference => difference?.Low > 0);

    /// <summary>Kappa of the changed minus that of the plain one, mean over transformers; null where one is missing.</summary>
    public double? Gain => OnEachTransformer.All(difference => difference is not null)
        ? -OnEachTransformer.Average(difference => difference!.Value)
        : null;

    /// <summary>The gain with its interval over transformers, or over seeds where there is one transformer.</summary>
    public KappaDifference? GainInterval => (OverTransformers ?? (OnEachTransformer.Count == 1 ? OnEachTransformer[0] : null)) is { } lost
        ? lost with { Value = -lost.Value, Low = -lost.High, High = -lost.Low }
        : null;
}
