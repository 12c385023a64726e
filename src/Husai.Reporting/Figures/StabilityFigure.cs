using Husai.Experiments.Studies.Results;
using Husai.Reporting.Data;
using Husai.Reporting.Drawing;

namespace Husai.Reporting.Figures;

/// <summary>Agreement between seeds beside its levels, and kappa beside it.</summary>
internal static class StabilityFigure
{
    public static bool HasData(ConfigurationResults configuration) => configuration.Stability is not null;

    public static ReportFigure Create(StudyReportData data)
    {
        var rows = data.Configurations.Where(HasData).Select(configuration => (configuration.Name, Score: configuration.Stability!))
            .ToArray();
        var sample = data.Configurations.Any(configuration => configuration.Transformers.Count > 0)
            ? "transformers (over seeds where there is one)"
            : "seeds";
        return ScoreFigure.Create(
            "stability", "Stability and chance levels",
            $"Left: similarity between seeds ({rows[0].Score.Name}), mean and {100 * rows[0].Score.Value.Confidence:0}% interval over "
                + $"{sample}, and its levels: independent dictionaries of the same shape, the same dictionaries turned within the "
                + $"activations' principal directions, and isotropic directions. "
            + "Right: kappa, (similarity − level) / (1 − level), against the same shape and against turned. Latents are shared only where "
            + "both intervals lie above 0.",
            "similarity between seeds",
            [new("same shape", "same_shape", ReferenceLayer.SameShape), new("turned", "turned", ReferenceLayer.Turned),
            new("isotropic", "isotropic", ReferenceLayer.Isotropic)],
            [new("kappa", "kappa", Palette.Of(0)),
            new("kappa, turned", "kappa_turned", new SeriesStyle(Palette.TurnedChance, "", Marker.Diamond))],
            [.. rows.Select(row => new ScoreRow(
                row.Name, row.Score.Value,
                [row.Score.Levels.SameShape.Value, row.Score.Levels.Turned?.Value, row.Score.Levels.Isotropic?.Value],
                [row.Score.Kappa, row.Score.KappaTurned]))]);
    }
}
