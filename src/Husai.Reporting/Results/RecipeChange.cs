using Husai.Analysis.Comparison;
using Husai.Analysis.Statistics;
using Husai.Analysis.Verdicts;
using Husai.Experiments.Studies;

namespace Husai.Reporting.Results;

/// <summary>A configuration beside the one of which it changes something, at one site over the transformers of a study.</summary>
/// <param name="Study">Name of the study.</param>
/// <param name="Site">Layer and site, such as <c>L0.resid_post</c>.</param>
/// <param name="Plain">The configuration that is changed.</param>
/// <param name="Changed">The changed one.</param>
/// <param name="OnEachTransformer">
/// Kappa of the changed minus that of the plain one, each with its interval over seeds; null where a kappa is refused.
/// </param>
internal sealed record RecipeChange(
    string Study, string Site, string Plain, string Changed, IReadOnlyList<KappaDifference?> OnEachTransformer)
{
    // Fewer are single questions, which the report of the study answers.
    private const int LeastChanges = 3;

    /// <summary>The changes that a study tries of one configuration, where there are several.</summary>
    public static IEnumerable<RecipeChange> Of(StudyResults study) =>
        from change in study.Options.Analyses.Comparisons.GroupBy(comparison => comparison.First)
            .Where(changes => changes.Count() >= LeastChanges).SelectMany(changes => changes)
        from site in study.Sites.Where(site => site.Control is null).GroupBy(site => site.Site.Name)
        select new RecipeChange(
            study.Options.Name, site.Key, change.First, change.Second,
            [.. site.Select(part => KappaDifference.Of(
                part.Configurations.FirstOrDefault(row => row.Name == change.Second)?.Kappa,
                part.Configurations.FirstOrDefault(row => row.Name == change.First)?.Kappa))]);

    /// <summary>Whether it raises agreement: the interval of the difference lies above 0.</summary>
    public bool Raises => OnEachTransformer.Count == 1 ? OnEachTransformer[0]?.Low > 0 : Gain?.Low > 0;

    /// <summary>Whether it lowers agreement: the interval of the difference lies below 0.</summary>
    public bool Lowers => OnEachTransformer.Count == 1 ? OnEachTransformer[0]?.High < 0 : Gain?.High < 0;

    /// <summary>Mean over the transformers, with its interval over them; null where a kappa is refused.</summary>
    public Interval? Gain => OnEachTransformer.All(difference => difference is not null)
        ? Pooling.Mean([.. OnEachTransformer.Select(difference => difference!.Value)])
        : null;
}
