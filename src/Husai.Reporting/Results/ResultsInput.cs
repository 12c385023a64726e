using Husai.Autoencoders.Options;
using Husai.Experiments.Studies;
using Husai.Experiments.Studies.Results;
using Husai.Reporting.Studies;

namespace Husai.Reporting.Results;

/// <summary>Everything that the results are written from.</summary>
/// <param name="Transformers">The transformers, a row for each site.</param>
/// <param name="Rows">The configurations of all studies.</param>
internal sealed record ResultsInput(IReadOnlyList<TransformerRow> Transformers, IReadOnlyList<ConfigurationResults> Rows)
{
    private IReadOnlyList<ConfigurationResults>? _evidence;

    /// <summary>Everything that studies have a result for.</summary>
    public static ResultsInput Of(IReadOnlyCollection<StudyResults> studies) => new(
        [.. studies.SelectMany(TransformerRow.Of)],
        [
            .. studies.SelectMany(study => study.Sites).SelectMany(site => site.Configurations)
                .Where(configuration => configuration.Seeds.Count > 0),
        ])
    {
        Changes = [.. studies.SelectMany(RecipeChange.Of)],
    };

    /// <summary>Configurations beside those of which they change something.</summary>
    public IReadOnlyList<RecipeChange> Changes { get; init; } = [];

    /// <summary>
    /// What the research questions are answered from: no leak, nothing pinned or frozen, at least two seeds. A study of changes has a
    /// question of its own.
    /// </summary>
    public IReadOnlyList<ConfigurationResults> Evidence => _evidence ??= Pooled(
        Rows.Where(row => Changes.All(change => change.Study != row.Study) && row is
        {
            PinnedFraction: null, BaselineOf: null, Control: null, Freeze: FrozenPart.None, Stability: not null,
        }));

    /// <summary>The configurations of a study at a site over its transformers, by their names in the study.</summary>
    public IReadOnlyDictionary<string, ConfigurationResults> Pooled(string study, string site) => TransformerPooling.Pool(
        Rows.Where(row => row is { Control: null, BaselineOf: null } && row.Study == study && row.Site == site), row => row.Name)
        .ToDictionary(row => row.Name);

    /// <summary>
    /// Configurations over all transformers of their study, so that no answer hangs on one model; leaked ones are left out.
    /// </summary>
    public static IReadOnlyList<ConfigurationResults> Pooled(IEnumerable<ConfigurationResults> rows) =>
        TransformerPooling.Pool(rows.Where(row => !row.IsLeaked), row => $"{row.Name} @ {row.Site} ({row.Study})");
}
