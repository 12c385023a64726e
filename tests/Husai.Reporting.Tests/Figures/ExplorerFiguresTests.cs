using Husai.Analysis.Latents;
using Husai.Autoencoders.Training;
using Husai.Reporting.Data;
using Husai.Reporting.Figures;

namespace Husai.Reporting.Tests.Figures;

public sealed class ExplorerFiguresTests
{
    private static readonly TrainingPoint[] Points =
    [
        .. Enumerable.Range(1, 9).Select(step => new TrainingPoint
        {
            Step = step * 100,
            Loss = 1.0 / step,
            ExplainedVariance = 1 - (0.5 / step),
            L0 = 8,
            DeadFraction = 0.1,
        }),
    ];

    [Fact]
    public void Cells_of_a_heat_map_lead_where_they_are_told_to()
    {
        var matrix = DemoStudy.Create().Similarities[0];
        var svg = ExplorerFigures.Similarity(matrix, "map", (row, column) => row < column ? $"/pair?first={row}&second=\"{column}" : null)
            .Svg;

        var pairs = Enumerable.Range(0, matrix.Values.Count)
            .Sum(row => Enumerable.Range(row + 1, matrix.Values.Count - row - 1).Count(column => !matrix.SharesStart()(row, column)));
        Assert.True(pairs > 0);
        Assert.Equal(pairs, svg.Split("<a ").Length - 1);
        Assert.Contains("<a href=\"/pair?first=0&amp;second=&quot;1\"", svg, StringComparison.Ordinal);
        Assert.NotNull(new SvgReader(svg).Title);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void Trainings_are_drawn_on_every_kind_of_axes(bool steps, bool? values)
    {
        var figure = ExplorerFigures.Trainings([("one", Points), ("two", Points), ("begun", [])], new TrainingAxes(steps, values))!;
        var svg = new SvgReader(figure.Svg);

        Assert.Equal(figure.Caption, svg.Description);
        Assert.All(svg.Shapes, box => Assert.True(box.Within(svg.Width, svg.Height), box.ToString()));
    }

    [Fact]
    public void Without_a_measurement_there_are_no_curves()
    {
        Assert.Null(ExplorerFigures.Trainings([("begun", [])], new TrainingAxes()));
        Assert.Null(ExplorerFigures.Learning("begun", []));
    }

    [Fact]
    public void Latents_without_a_frequency_leave_their_place_empty()
    {
        foreach (var points in (PairPoint[][])
            [
                [], [new(0.9, null, null)], [new(0.9, 0.1, 0.2), new(-0.3, 0, 0.1), new(0.5, 0.01, 0)],
                [new(0.9, 0.1, 0.2, 0.8), new(0.2, 0.1, 0.1, -0.1), new(0.5, 0.01, 0)],
            ])
        {
            var svg = new SvgReader(ExplorerFigures.Pair("the first", "the second", points, 0.2).Svg);

            Assert.All(svg.Shapes, box => Assert.True(box.Within(svg.Width, svg.Height), box.ToString()));
        }
    }

    [Fact]
    public void Activations_are_drawn_where_there_are_any()
    {
        Assert.Null(ExplorerFigures.Activations(ActivationHistogram.Of([0, -1]), 2));
        foreach (var activations in (float[][])[[1], [0.001f, 0.5f, 0.5f, 8], [float.Epsilon, float.MaxValue]])
        {
            var figure = ExplorerFigures.Activations(ActivationHistogram.Of(activations), 9)!;
            var svg = new SvgReader(figure.Svg);

            Assert.Contains($"{activations.Length} of 9 rows", figure.Caption, StringComparison.Ordinal);
            Assert.All(svg.Shapes, box => Assert.True(box.Within(svg.Width, svg.Height), box.ToString()));
        }
    }

    [Fact]
    public void An_effect_on_the_logits_is_drawn_even_where_there_is_none()
    {
        foreach (var effects in (float[][])[[0, 0, 0], [1, -0.5f, -0.5f], [0]])
        {
            var svg = new SvgReader(ExplorerFigures.LogitEffect(effects, "Exact.").Svg);

            Assert.All(svg.Shapes, box => Assert.True(box.Within(svg.Width, svg.Height), box.ToString()));
        }
    }
}
