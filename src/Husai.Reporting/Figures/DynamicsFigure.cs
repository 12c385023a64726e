using Husai.Analysis.Statistics;
using Husai.Experiments.Studies.Results;
using Husai.Reporting.Data;
using Husai.Reporting.Drawing;

namespace Husai.Reporting.Figures;

/// <summary>
/// What forms when: similarity to other seeds and to the final self, explained variance, agreement with the circuit.
/// </summary>
internal static class DynamicsFigure
{
    private const string Id = "dynamics";

    private static readonly (string Label, Func<DynamicsSummary, Interval?> Value)[] Measures =
    [
        ("similarity to other seeds", point => point.ToOtherSeeds),
        ("similarity to the final SAE", point => point.ToFinalSelf),
        ("explained variance", point => point.ExplainedVariance),
        ("agreement with the circuit", point => point.ToCircuit),
    ];

    public static bool HasData(ConfigurationResults configuration) => configuration.Dynamics.Count > 1;

    public static ReportFigure Create(StudyReportData data)
    {
        const string Title = "Dynamics of training";
        var shown = ShownConfigurations.Of(data, HasData);
        var caption = "Mean and interval over seeds at steps of training, 0 being the initialisation; dotted: the level of the same shape "
            + "of each configuration, and of other planes of the same span."
            + ShownConfigurations.Note(data, HasData);
        var panels = Measures.Select((measure, index) => CreatePanel(shown, measure.Label, measure.Value, index)).OfType<Panel>().ToArray();
        return new ReportFigure(
            Id, Title, caption, PanelGrid.Draw(Id, Title, caption, panels, 2, FigureSize.Page, 130), Table(data), Wide: true);
    }

    private static Panel? CreatePanel(
        IReadOnlyList<ConfigurationResults> shown, string label, Func<DynamicsSummary, Interval?> value, int measure)
    {
        List<Layer> layers = [];
        List<double> values = [0, 1];
        for (var series = 0; series < shown.Count; series++)
        {
            var style = Palette.Of(series);
            var points = shown[series].Dynamics.Where(point => value(point) is not null)
                .Select(point => (Step: (double)point.Step, Value: value(point)!)).ToArray();
            if (points.Length == 0)
            {
                continue;
            }

            layers.AddRange(Chance(shown[series], measure, style));
            layers.Add(
                new BandLayer(
                    [.. points.Select(point => (point.Step, point.Value.Low ?? point.Value.Mean, point.Value.High ?? point.Value.Mean))],
                    style.Colour));
            layers.Add(new LineLayer(shown[series].Name, [.. points.Select(point => (point.Step, point.Value.Mean))], style));
            values.AddRange(points.Select(point => point.Value.Mean));
        }

        var steps = shown.SelectMany(configuration => configuration.Dynamics).Select(point => (double)point.Step).Where(step => step > 0)
            .ToArray();
        return layers.Count > 0
            ? new Panel(
                "", new Axis("step (logarithmic)", new StepScale(steps.Min(), steps.Max())),
                new Axis(label, new LinearScale(Math.Max(-1, values.Min()) - 0.02, values.Max() + 0.02)), layers)
            : null;
    }

    // Between seeds the level moves with the latents that are alive; of the circuit it is that of any directions.
    private static IEnumerable<Layer> Chance(ConfigurationResults configuration, int measure, SeriesStyle style)
    {
        var dotted = new SeriesStyle(style.Colour, "1 3", style.Marker);
        return measure switch
        {
            0 =>
                [
                    new LineLayer(
                        "",
                        [
                            .. configuration.Dynamics.Where(point => point.Chance is not null)
                                .Select(point => ((double)point.Step, point.Chance!.Value))],
                        dotted, marked: false)],
            3 when configuration.Circuit?.OtherPlanes is { } chance => [new ReferenceLayer("", chance.Value, dotted)],
            _ => [],
        };
    }

    private static FigureTable Table(StudyReportData data)
    {
        var table = new FigureTableBuilder(
            new("configuration", "name of the configuration"), new("step", "steps done; 0 is the initialisation"),
            new("to_other_seeds", "similarity between seeds"), new("to_other_seeds_low", "lower end of its interval"),
            new("to_other_seeds_high", "upper end"),
            new("chance", "level (same shape) of the similarity between seeds"), new("kappa", "chance-corrected similarity between seeds"),
            new("to_final_self", "similarity to the same run at its end"), new("explained_variance", "explained variance on held-out rows"),
            new("to_circuit", "agreement with the circuit"));
        foreach (var configuration in data.Configurations)
        {
            foreach (var point in configuration.Dynamics)
            {
                table.Add(
                    configuration.Name, point.Step, point.ToOtherSeeds?.Mean, point.ToOtherSeeds?.Low, point.ToOtherSeeds?.High,
                    point.Chance, point.Kappa, point.ToFinalSelf?.Mean, point.ExplainedVariance?.Mean, point.ToCircuit?.Mean);
            }
        }

        return table.Build();
    }
}
