using Husai.Autoencoders.Training;
using Husai.Experiments.Studies.Results;
using Husai.Reporting.Data;
using Husai.Reporting.Drawing;

namespace Husai.Reporting.Figures;

/// <summary>Loss, explained variance, L0 and dead latents over the training of the SAEs.</summary>
internal static class TrainingFigure
{
    private const string Id = "sae-training";

    private static readonly (string Label, Func<TrainingPoint, double?> Value, bool Log)[] Measures =
    [
        ("training loss", point => point.Loss, true),
        ("explained variance", point => point.ExplainedVariance, false),
        ("L0 (active latents)", point => point.L0, true),
        ("dead latents (share)", point => point.DeadFraction, false),
    ];

    public static bool HasData(ConfigurationResults configuration) => configuration.Seeds.Any(seed => seed.Training.Count > 0);

    public static ReportFigure Create(StudyReportData data) => Create(
        data, new TrainingAxes(),
        "Mean over seeds; the band spans the lowest and the highest seed." + ShownConfigurations.Note(data, HasData));

    public static ReportFigure Create(StudyReportData data, TrainingAxes axes, string caption)
    {
        var shown = ShownConfigurations.Of(data, HasData);
        const string Title = "Training of the SAEs";
        var panels = Measures
            .Select(measure => CreatePanel(shown, measure.Label, measure.Value, axes.LogarithmicValues ?? measure.Log, axes))
            .OfType<Panel>().ToArray();
        return new ReportFigure(
            Id, Title, caption, PanelGrid.Draw(Id, Title, caption, panels, 2, FigureSize.Page, 130), Table(data), Wide: true);
    }

    private static Panel? CreatePanel(
        IReadOnlyList<ConfigurationResults> shown, string label, Func<TrainingPoint, double?> value, bool log, TrainingAxes axes)
    {
        var curves = shown.Select(configuration => (configuration.Name, Points: Summarise(configuration, value)))
            .Where(curve => curve.Points.Length > 0).ToArray();
        if (curves.Length == 0)
        {
            return null;
        }

        var values = curves.SelectMany(curve => curve.Points).SelectMany(point => new[] { point.Low, point.High }).ToArray();
        var steps = curves.SelectMany(curve => curve.Points).Max(point => point.Step);
        Scale y = log && values.All(number => number > 0) && (axes.LogarithmicValues is true || values.Max() > 5 * values.Min())
            ? LogScale.Around(values)
            : LinearScale.Around(values);
        var layers = curves.SelectMany((curve, series) => new Layer[]
        {
            new BandLayer([.. curve.Points.Select(point => (point.Step, point.Low, point.High))], Palette.Of(series).Colour),
            new LineLayer(curve.Name, [.. curve.Points.Select(point => (point.Step, point.Mean))], Palette.Of(series)),
        });
        Scale x = axes.LogarithmicSteps
            ? LogScale.Around(curves.SelectMany(curve => curve.Points).Select(point => point.Step))
            : new LinearScale(0, steps * 1.02);
        return new Panel("", new Axis("step", x), new Axis(label, y), [.. layers]);
    }

    private static (double Step, double Mean, double Low, double High)[] Summarise(
        ConfigurationResults configuration, Func<TrainingPoint, double?> value) =>
    [
        .. from point in configuration.Seeds.SelectMany(seed => seed.Training)
           let number = value(point)
           where number is { } known && double.IsFinite(known)
           group number.Value by point.Step into step
           orderby step.Key
           select ((double)step.Key, step.Average(), step.Min(), step.Max()),
    ];

    private static FigureTable Table(StudyReportData data)
    {
        var table = new FigureTableBuilder(
            new("configuration", "name of the configuration"), new("seed", "seed of the run"), new("step", "steps done"),
            new("loss", "training loss"),
            new("explained_variance", "explained variance"), new("l0", "mean number of active latents"),
            new("dead_fraction", "share of dead latents, 0 to 1"));
        foreach (var configuration in data.Configurations)
        {
            foreach (var seed in configuration.Seeds)
            {
                foreach (var point in seed.Training)
                {
                    table.Add(configuration.Name, seed.Seed, point.Step, point.Loss, point.ExplainedVariance, point.L0, point.DeadFraction);
                }
            }
        }

        return table.Build();
    }
}
