using System.Globalization;
using Husai.Reporting.Data;
using Husai.Reporting.Drawing;
using Husai.Reporting.Figures;

namespace Husai.Reporting.Tests.Figures;

public sealed class ReportFiguresTests
{
    private static readonly Lazy<Dictionary<string, ReportFigure>> All = new(() =>
        ReportFigures.Create(DemoStudy.Create()).ToDictionary(figure => "demo/" + figure.Id)
        .Concat(ReportFigures.Create(DemoStudy.Grid()).ToDictionary(figure => "grid/" + figure.Id)).ToDictionary());

    public static TheoryData<string> Names => [.. All.Value.Keys];

    [Fact]
    public void A_full_study_has_every_figure() => Assert.Equal(
        [
            "best-matches", "circuit", "dynamics", "firing-frequency", "latent", "latent-2", "learning", "sae-training", "similarity",
            "spectrum", "stability", "stability-circuit",
        ],
        ReportFigures.Create(DemoStudy.Create()).Select(figure => figure.Id).Order(StringComparer.Ordinal));

    [Fact]
    public void A_grid_has_the_map_over_width_and_sparsity() =>
        Assert.Contains("goldilocks", ReportFigures.Create(DemoStudy.Grid()).Select(figure => figure.Id));

    [Fact]
    public void Figures_without_data_are_left_out() => Assert.Empty(ReportFigures.Create(new StudyReportData { Name = "empty" }));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_figure_is_valid_has_a_size_on_paper_and_says_what_it_shows(string name)
    {
        var svg = new SvgReader(All.Value[name].Svg);

        Assert.EndsWith("mm", svg.WidthText, StringComparison.Ordinal);
        Assert.Equal(All.Value[name].Title, svg.Title);
        Assert.Equal(All.Value[name].Caption, svg.Description);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_lies_outside_the_picture(string name)
    {
        var svg = new SvgReader(All.Value[name].Svg);

        Assert.All(svg.TextBoxes, box => Assert.True(box.Within(svg.Width, svg.Height), box.ToString()));
        Assert.All(svg.Shapes, box => Assert.True(box.Within(svg.Width, svg.Height), box.ToString()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Labels_do_not_overlap(string name)
    {
        var boxes = new SvgReader(All.Value[name].Svg).TextBoxes;

        var overlaps =
            from first in Enumerable.Range(0, boxes.Count)
            from second in Enumerable.Range(first + 1, boxes.Count - first - 1)
            where boxes[first].Overlaps(boxes[second])
            select $"{boxes[first]} and {boxes[second]}";
        Assert.Empty(overlaps);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_csv_reads_back_cell_by_cell(string name)
    {
        var table = All.Value[name].Data;

        var rows = Csv.Read(table.ToCsv());

        Assert.Equal(table.Columns.Select(column => column.Name), rows[0]);
        Assert.Equal(table.Rows, rows.Skip(1));
        Assert.NotEmpty(table.Rows);
        Assert.All(table.Columns, column => Assert.NotEmpty(column.Description));
    }

    [Fact]
    public void The_same_data_give_the_same_bytes()
    {
        var again = ReportFigures.Create(DemoStudy.Create());

        Assert.All(again, figure => Assert.Equal(All.Value["demo/" + figure.Id].Svg, figure.Svg));
        Assert.All(again, figure => Assert.Equal(All.Value["demo/" + figure.Id].Data.ToCsv(), figure.Data.ToCsv()));
    }

    [Fact]
    public void The_bytes_do_not_depend_on_the_culture()
    {
        var before = CultureInfo.DefaultThreadCurrentCulture;
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NegativeSign = "~";
        try
        {
            Thread.CurrentThread.CurrentCulture = culture;
            Assert.All(ReportFigures.Create(DemoStudy.Create()), figure => Assert.Equal(All.Value["demo/" + figure.Id].Svg, figure.Svg));
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before ?? CultureInfo.InvariantCulture;
        }
    }

    [Fact]
    public void Ids_are_unique_in_a_page_of_all_figures()
    {
        var ids = ReportFigures.Create(DemoStudy.Create()).SelectMany(figure => new SvgReader(figure.Svg).Ids).ToArray();

        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void Learning_curves_show_every_epoch_after_the_start()
    {
        var lines = new SvgReader(All.Value["demo/learning"].Svg).Lines;

        Assert.Equal(4, lines.Count);
        Assert.All(lines, line => Assert.Equal(DemoStudy.Create().Transformers[0].Learning.Count(point => point.Epoch > 0), line.Count));
    }

    [Fact]
    public void The_spectrum_has_a_bar_per_frequency_and_labels_the_keys()
    {
        var svg = new SvgReader(All.Value["demo/spectrum"].Svg);

        Assert.Equal(56, svg.Count("bar"));
        Assert.All(DemoStudy.Create().Transformers[0].KeyFrequencies, key => Assert.Contains(FigureNumbers.Short(key), svg.Texts));
    }

    [Fact]
    public void The_similarity_map_has_a_labelled_cell_for_every_pair()
    {
        var svg = new SvgReader(All.Value["demo/similarity"].Svg);
        var values = DemoStudy.Create().Similarities[0].Values;

        // Ten on the diagonal; five pairs share a start, each crossed twice with two strokes.
        Assert.Equal(80, svg.Count("cell"));
        Assert.Equal(20, svg.Count("empty"));
        Assert.Equal(20, svg.Count("crossed"));
        Assert.Contains(FigureNumbers.Fixed(values[7][2], 2), svg.Texts);
        Assert.Contains("relu_8x · 4", svg.Texts);
    }

    [Fact]
    public void Where_a_line_of_text_for_each_run_does_not_fit_configurations_are_labelled_once()
    {
        var svg = new SvgReader(All.Value["grid/similarity"].Svg);

        // The first two configurations share their starts, seed by seed.
        Assert.Equal(57 * 56 - 2 * 3, svg.Count("cell"));
        Assert.All(DemoStudy.Grid().Similarities[0].Groups.Distinct(), group => Assert.Single(svg.Texts, text => text == group));
    }

    [Fact]
    public void Stability_shows_mean_interval_levels_and_both_kappas_of_every_configuration()
    {
        var svg = new SvgReader(All.Value["grid/stability"].Svg);
        var count = DemoStudy.Grid().Configurations.Count;

        Assert.Equal(3 * count, svg.Count("point"));
        Assert.Equal(3 * count, svg.Count("interval"));
        Assert.Equal(3 * count, svg.Count("chance"));
        Assert.All(DemoStudy.Grid().Configurations, configuration => Assert.Contains(configuration.Name, svg.Texts));
    }

    [Fact]
    public void Few_latents_are_points_and_many_are_bins()
    {
        Assert.True(new SvgReader(All.Value["demo/stability-circuit"].Svg).Count("bin") > 100);
        var data = DemoStudy.Create();
        var few = data with
        {
            Configurations = [data.Configurations[0] with { LatentPoints = [.. data.Configurations[0].LatentPoints.Take(321)] }],
        };

        var svg = new SvgReader(ReportFigures.Create(few).Single(figure => figure.Id == "stability-circuit").Svg);

        Assert.Equal(321, svg.Count("point"));
    }

    [Fact]
    public void Histograms_have_a_bar_per_bin_and_one_for_the_dead()
    {
        Assert.Equal(3 * 40, new SvgReader(All.Value["demo/best-matches"].Svg).Count("bar"));
        Assert.Equal(3 * (25 + 1), new SvgReader(All.Value["demo/firing-frequency"].Svg).Count("bar"));
    }

    [Fact]
    public void The_goldilocks_map_has_a_cell_per_configuration()
    {
        var svg = new SvgReader(All.Value["grid/goldilocks"].Svg);

        Assert.Equal(DemoStudy.Grid().Configurations.Count, svg.Count("cell"));
    }

    [Fact]
    public void Training_and_dynamics_show_every_step_of_every_configuration()
    {
        Assert.All(new SvgReader(All.Value["demo/sae-training"].Svg).Lines, line => Assert.Equal(41, line.Count));
        Assert.Equal(3 * 4, new SvgReader(All.Value["demo/sae-training"].Svg).Lines.Count);
        Assert.All(new SvgReader(All.Value["demo/dynamics"].Svg).Lines, line => Assert.Equal(17, line.Count));
        // Four measures, and the chance level of the first.
        Assert.Equal(3 * (4 + 1), new SvgReader(All.Value["demo/dynamics"].Svg).Lines.Count);
    }

    [Fact]
    public void A_latent_shows_its_frequency_beside_its_matches()
    {
        var texts = new SvgReader(All.Value["demo/latent"].Svg).Texts;

        Assert.Equal(4, texts.Count(text => text.StartsWith("peak (36, 36), ", StringComparison.Ordinal)));
        Assert.Contains("cosine 0.920", texts);
    }

    [Fact]
    public void Data_that_contradict_each_other_are_refused_by_name()
    {
        var data = DemoStudy.Create();
        var broken = data with { Similarities = [data.Similarities[0] with { Labels = ["0"] }] };

        var error = Assert.Throws<ArgumentException>(() => ReportFigures.Create(broken));

        Assert.Contains("10 rows, 10 groups and 1 labels", error.Message, StringComparison.Ordinal);
    }
}
