using Husai.Reporting.Data;
using Husai.Reporting.Drawing;

namespace Husai.Reporting.Figures;

/// <summary>Loss and accuracy of a transformer over training, with the point at which it groks.</summary>
internal static class LearningFigure
{
    private static readonly SeriesStyle Grokking = new(Palette.Chance, "6 2", Marker.Diamond);

    public static ReportFigure Create(TransformerSummary transformer, string id)
    {
        var points = transformer.Learning;
        var epochs = LogScale.Around(points.Select(point => (double)point.Epoch));
        var losses = LogScale.Around(points.SelectMany(point => new[] { point.TrainLoss, point.TestLoss }));
        var title = $"Learning curves of {transformer.Name}";
        var caption = (transformer.GrokkingEpoch is { } epoch
            ? $"Loss and accuracy on training and held-out pairs. The held-out accuracy reaches its final level at epoch {epoch}."
            : "Loss and accuracy on training and held-out pairs. The held-out accuracy never reached the level of a grokked model.")
            + (transformer.Restarts > 0 ? $" The curves are of restart {transformer.Restarts}, the start that counts." : "")
            + " Logarithmic epochs.";
        var picture = PanelGrid.Draw(id, title, caption, [
            new Panel("", new Axis("epoch", epochs), new Axis("loss (nats)", losses),
                [Line("train", point => point.TrainLoss, 0), Line("test", point => point.TestLoss, 1), .. Reference(transformer)]),
            new Panel("", new Axis("epoch", epochs), new Axis("accuracy", new LinearScale(-0.04, 1.04)),
                [Line("train", point => point.TrainAccuracy, 0), Line("test", point => point.TestAccuracy, 1), .. Reference(transformer)]),
        ], 1, FigureSize.Column, 130);
        return new ReportFigure(id, title, caption, picture, Table(points));

        LineLayer Line(string name, Func<LearningPoint, double> value, int series) =>
            new(name, [.. points.Select(point => ((double)point.Epoch, value(point)))], Palette.Of(series));
    }

    private static IEnumerable<Layer> Reference(TransformerSummary transformer) => transformer.GrokkingEpoch is { } epoch
        ? [new ReferenceLayer($"grokked at epoch {epoch}", epoch, Grokking, vertical: true)]
        : [];

    private static FigureTable Table(IReadOnlyList<LearningPoint> points)
    {
        var table = new FigureTableBuilder(
            new("epoch", "epochs done"),
            new("train_loss", "cross-entropy on the training pairs, nats"), new("test_loss", "cross-entropy on the held-out pairs, nats"),
            new("train_accuracy", "accuracy on the training pairs, 0 to 1"),
            new("test_accuracy", "accuracy on the held-out pairs, 0 to 1"));
        foreach (var point in points)
        {
            table.Add(point.Epoch, point.TrainLoss, point.TestLoss, point.TrainAccuracy, point.TestAccuracy);
        }

        return table.Build();
    }
}
