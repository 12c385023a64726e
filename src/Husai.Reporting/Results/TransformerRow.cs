using Husai.Experiments.Studies;
using Husai.Experiments.Studies.Configuration;
using Husai.Transformers.Tasks;

namespace Husai.Reporting.Results;

/// <summary>A transformer of a study at one site, as the results need it.</summary>
/// <param name="Study">Name of the study.</param>
/// <param name="Name">Its name with its seed.</param>
/// <param name="IsLeaked">Whether its label stands in its input.</param>
/// <param name="Layers">Number of layers.</param>
/// <param name="TestAccuracy">Held-out accuracy at the end.</param>
/// <param name="FirstPerfectEpoch">First evaluated epoch with a held-out accuracy of 1, or null.</param>
/// <param name="Epochs">Epochs trained.</param>
/// <param name="PassesGate">Whether it passes the gate.</param>
/// <param name="Site">The site.</param>
/// <param name="EffectiveRank">Effective rank of the site's activations.</param>
/// <param name="PlaneShare">Share of the site's variance in the planes of the circuit; null where it was not sought.</param>
internal sealed record TransformerRow(
    string Study, string Name, bool IsLeaked, int Layers, double TestAccuracy, int? FirstPerfectEpoch, int Epochs, bool PassesGate,
    StudySite Site, double EffectiveRank, double? PlaneShare)
{
    /// <summary>Starts of its training before the one that counts.</summary>
    public int Restarts { get; init; }

    /// <summary>The transformers of a study that have a result, at each site with activations.</summary>
    public static IEnumerable<TransformerRow> Of(StudyResults study) =>
        from transformer in study.Transformers
        where transformer.Result is not null
        from site in study.Sites
        where site.Transformer == transformer.Name && site.Activations is not null
        select new TransformerRow(
            study.Options.Name, transformer.Name, transformer.Options.Task.Name == TaskOptions.LeakedLabel,
            transformer.Options.Model.Layers, transformer.Result!.TestAccuracy,
            transformer.ReadTraining().Where(record => record.TestAccuracy >= 1).Select(record => (int?)record.Epoch).FirstOrDefault(),
            transformer.Result.Epochs, transformer.Result.PassesGate(), site.Site, site.Activations!.EffectiveRank,
            site.Baseline?.Planes.Sum(plane => plane.VarianceShare))
        {
            Restarts = transformer.Result.Restarts,
        };
}
