using Husai.Experiments.Configuration;
using Husai.Experiments.Studies;
using Husai.Experiments.Studies.Results;
using Husai.Reporting.Data;

namespace Husai.Reporting.Studies;

/// <summary>Turns the results of a study into what its report shows.</summary>
internal static class StudyReportBuilder
{
    /// <summary>Collects everything that there is a result for.</summary>
    /// <param name="results">The results.</param>
    /// <param name="reproduction">Commands that make the study again, one a line.</param>
    /// <exception cref="IOException">A file of the study cannot be read.</exception>
    public static StudyReportData Build(StudyResults results, IReadOnlyList<string> reproduction)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(reproduction);
        var names = new ConfigurationNames(results);
        return new StudyReportData
        {
            Name = results.Options.Name,
            Question = results.Options.Question,
            Transformers = [.. results.Transformers.Where(transformer => transformer.Result is not null)
                .Select(transformer => TransformerSummaryBuilder.Build(transformer, results.Sites))],
            Activations =
            [
                .. from stored in results.Stored
                   where stored.Activations is not null
                   select new ActivationsSummary
                   {
                       Name = stored.Source,
                       Site = stored.Site,
                       Rows = stored.Activations!.Rows,
                       Width = stored.Activations.Width,
                       EffectiveRank = stored.Activations.EffectiveRank,
                       Hash = stored.Activations.Hash,
                   },
            ],
            Configurations = TransformerPooling.Pool(
                results.Sites.SelectMany(site => site.Configurations)
                    .Concat(results.Worlds.SelectMany(world => world.Configurations))
                    .Concat(results.Stored.SelectMany(stored => stored.Configurations))
                    .Where(configuration => configuration.Seeds.Count > 0)
                    .Select(configuration => configuration.WithTraining()),
                names.Of, names.TrainedOf),
            Similarities =
            [
                .. results.Sites.Select(site => Similarities(site.Comparison, names.PlaceOf(site)))
                    .Concat(results.Worlds.Select(world => Similarities(world.Comparison, names.PlaceOf(world))))
                    .Concat(results.Stored.Select(stored => Similarities(stored.Comparison, names.PlaceOf(stored))))
                    .OfType<SimilaritySummary>(),
            ],
            Comparisons = ComparisonBuilder.Build(results, names),
            Latents = [.. results.Sites.SelectMany(site => Portraits(site, names))],
            Contexts = ContextsBuilder.Build(results, names),
            Failures = [.. results.Failures.Select(failure => new FailedRun(failure.Name, failure.Error ?? "no reason known"))],
            Configuration = ConfigurationWriter.Write(results.Options),
            Environment = Environment(results.Manifest),
            Timings = [.. results.Jobs.GroupBy(job => job.Kind)
                .Select(group => new StageTiming(group.Key, group.Sum(job => job.Seconds), group.Count()))],
            Reproduction = reproduction,
        };
    }

    private static SimilaritySummary? Similarities(ComparisonResult? result, string place) =>
        result is not { Matrix.Count: > 1 } comparison
        ? null
        : new SimilaritySummary
        {
            Name = comparison.Name + place,
            Groups = comparison.Configurations,
            Labels = [.. comparison.Seeds.Select(seed => FormattableString.Invariant($"{seed}"))],
            Values = SimilaritySummary.InRange(comparison.Matrix),
            SharedStarts = comparison.SharedStarts,
        };

    private static IEnumerable<LatentPortrait> Portraits(SiteResults site, ConfigurationNames names) =>
        site.Configurations.SelectMany(configuration => configuration.Portraits.Select(
            portrait => new LatentPortrait(names.Of(configuration), portrait.Title, portrait.Maps)));

    private static NamedValue[] Environment(StudyManifest manifest) =>
    [
        new("husai", manifest.Machine.Husai),
        new(".NET", manifest.Machine.Runtime),
        new("system", $"{manifest.Machine.System}, {manifest.Machine.Architecture}"),
        new("instructions", manifest.Machine.Tier.ToString()),
        new("cores", FormattableString.Invariant($"{manifest.Machine.Cores}, {manifest.Threads} used")),
        new("last run", FormattableString.Invariant($"{manifest.Started:yyyy-MM-dd HH:mm:ss} UTC")),
    ];
}
