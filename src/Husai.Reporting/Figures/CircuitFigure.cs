using Husai.Experiments.Studies.Results;
using Husai.Reporting.Data;
using Husai.Reporting.Drawing;

namespace Husai.Reporting.Figures;

/// <summary>Recovery of the circuit beside its levels, and kappa beside it.</summary>
internal static class CircuitFigure
{
    public static bool HasData(ConfigurationResults configuration) => configuration.Circuit is not null;

    public static ReportFigure Create(StudyReportData data) => ScoreFigure.Create(
        "circuit", "Recovery of the circuit",
        "Left: energy of the decoder rows in their best plane of the circuit, mean and interval, with the levels of other planes of the "
            + "same span, of the activations themselves (data points), and of as many principal components. "
        + "Right: kappa against other planes of the same span. The circuit is recovered where the whole interval of kappa lies above 0 "
        + "and that of the overlap above data points.",
        "energy in the best plane",
        [
            new("other planes of the same span", "other_planes", ReferenceLayer.SameShape),
            new("data points", "data_points", ReferenceLayer.Turned),
            new("principal components", "principal_components", ReferenceLayer.Isotropic),
        ],
        [new("kappa", "kappa", Palette.Of(0))],
        [.. data.Configurations.Where(HasData).Select(configuration => new ScoreRow(
            configuration.Name, configuration.Circuit!.Overlap,
            [configuration.Circuit.OtherPlanes.Value, configuration.Circuit.DataPoints, configuration.Circuit.PrincipalComponents],
            [configuration.Circuit.Kappa]))]);
}
