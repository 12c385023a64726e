using Husai.Analysis;

namespace Husai.Reporting;

/// <summary>Similarity along training: to other seeds, to the final self, to the ground truth.</summary>
internal static class DynamicsFigure
{
    private const string Id = "dynamics";

    private static readonly (string Label, Func<DynamicsPoint, Interval?> Value, Func<ConfigurationSummary, ScoreSummary?> Score)[] Measures =
    [
        ("similarity to other seeds", point => point.ToOtherSeeds, configuration => configuration.Stability),
        ("similarity to the final self", point => point.ToFinalSelf, _ => null),
        ("ground-truth agreement", point => point.ToGroundTruth, configuration => configuration.GroundTruth),
    ];

    public static bool HasData(ConfigurationSummary configuration) => configuration.Dynamics.Count > 1;

    public static ReportFigure Create(StudyReportData data)
    {
        const string Title = "Dynamics of training";
        var shown = ShownConfigurations.Of(data, HasData);
        var caption = "Mean and interval over seeds at steps of training, from the initialisation on; horizontal lines: the strongest chance level of each configuration."
            + ShownConfigurations.Note(data, HasData);
        var panels = Measures.Select(measure => CreatePanel(shown, measure.Label, measure.Value, measure.Score)).OfType<Panel>().ToArray();
        return new ReportFigure(Id, Title, caption, PanelGrid.Draw(Id, Title, caption, panels, 1, FigureSize.Column, 130), Table(data));
    }

    private static Panel? CreatePanel(
        IReadOnlyList<ConfigurationSummary> shown, string label, Func<DynamicsPoint, Interval?> value, Func<ConfigurationSummary, ScoreSummary?> score)
    {
        List<Layer> layers = [];
        for (var series = 0; series < shown.Count; series++)
        {
            var style = Palette.Of(series);
            var points = shown[series].Dynamics.Where(point => value(point) is not null).Select(point => ((double)point.Step, Value: value(point)!)).ToArray();
            if (points.Length > 0 && score(shown[series])?.StrongestChance() is { } chance)
            {
                layers.Add(new ReferenceLayer("", chance.Value, new SeriesStyle(style.Colour, "1 3", style.Marker)));
            }

            layers.Add(new BandLayer(
                [.. points.Select(point => (point.Item1, point.Value.Low ?? point.Value.Mean, point.Value.High ?? point.Value.Mean))], style.Colour));
            layers.Add(new LineLayer(points.Length == 0 ? "" : shown[series].Name, [.. points.Select(point => (point.Item1, point.Value.Mean))], style));
        }

        var steps = shown.SelectMany(configuration => configuration.Dynamics).Max(point => point.Step);
        return shown.SelectMany(configuration => configuration.Dynamics).Any(point => value(point) is not null)
            ? new Panel("", new Axis("step", new LinearScale(0, steps * 1.02)), new Axis(label, new LinearScale(-0.02, 1.02)), layers)
            : null;
    }

    private static FigureTable Table(StudyReportData data)
    {
        var table = new FigureTableBuilder(
            new("configuration", "name of the configuration"), new("step", "steps done; 0 is the initialisation"),
            new("to_other_seeds", "similarity between seeds"), new("to_other_seeds_low", "lower end of its interval"), new("to_other_seeds_high", "upper end"),
            new("to_final_self", "similarity to the same run at its end"), new("to_ground_truth", "agreement with the ground truth"));
        foreach (var configuration in data.Configurations)
        {
            foreach (var point in configuration.Dynamics)
            {
                table.Add(
                    configuration.Name, point.Step, point.ToOtherSeeds?.Mean, point.ToOtherSeeds?.Low, point.ToOtherSeeds?.High,
                    point.ToFinalSelf?.Mean, point.ToGroundTruth?.Mean);
            }
        }

        return table.Build();
    }
}
