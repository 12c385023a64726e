using System.Text.Json;
using Husai.Analysis.Chance;
using Husai.Analysis.Circuits;
using Husai.Analysis.Similarity;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Circuits;

public sealed class CircuitRecoveryTests
{
    private static readonly PlantedSite Site = new(noise: 0.02);
    private static readonly Circuit Circuit = Site.FindCircuit();
    private static readonly CircuitRecovery Recovery = new(Circuit, Site.Activations);

    [Fact]
    public void Every_measure_is_perfect_when_all_planes_are_recovered()
    {
        var report = Recovery.Measure(Site.Dictionary(4));
        Assert.Equal(1, report.FourierOverlap!.Value, 1e-3);
        Assert.Equal(1, report.FourierOverlapWeighted!.Value, 1e-3);
        Assert.Equal(1, report.FourierOverlapWhitened!.Value, 1e-2);
        Assert.Equal(1, report.SpanEnergy!.Value, 1e-3);
        Assert.Equal(16, report.Classes[LatentClass.SingleFrequency]);
        Assert.Equal(1, report.Coverage.Share);
        Assert.All(report.Coverage.Planes, plane => Assert.True(plane.FullPhase && plane.Latents == 4));
        Assert.All(report.Coverage.Planes, plane => Assert.Equal(1, plane.Subspace!.Value, 1e-3));
        // Greedy choice may take a harmonic of another frequency first, so four latents need not be enough for all.
        Assert.True(report.ProbeR2.Mean[2] > 0.99);
        Assert.Equal(1, report.ProbeR2.Mean[3], 1e-3);
        Assert.Equal(1, report.ProbeR2SumPlanes[3], 1e-3);
        Assert.Equal(1, report.GtMcc.Planes!.Score, 1e-3);
        Assert.Equal(1, report.Nulls!.CovarianceMatched.Auc, 0.01);
        Assert.True(report.Nulls.CovarianceMatched.Z > 1);
        Assert.Equal(1, report.PurityToCeiling, 0.05);
    }

    [Fact]
    public void Every_measure_rises_with_each_plane_that_is_recovered()
    {
        var reports = Enumerable.Range(0, 5).Select(planes => Recovery.Measure(Site.Dictionary(planes))).ToArray();
        var measures = new Dictionary<string, Func<RecoveryReport, double>>
        {
            ["overlap"] = report => report.FourierOverlap!.Value,
            ["whitened overlap"] = report => report.FourierOverlapWhitened!.Value,
            ["coverage"] = report => report.Coverage.Share,
            ["probe"] = report => report.ProbeR2.Mean[2],
            ["H3"] = report => report.H3.Mean,
            ["purity"] = report => report.Purity.Mean,
            ["sum-any"] = report => report.SumAny.Mean,
            ["AUC"] = report => report.Nulls!.CovarianceMatched.Auc,
        };
        foreach (var (name, measure) in measures)
        {
            var values = Array.ConvertAll(reports, report => measure(report));
            Assert.True(values.Zip(values.Skip(1)).All(pair => pair.Second > pair.First), $"{name}: {string.Join(", ", values)}");
        }

        // There are as many latents as slots: random latents must match every plane as far as the recovered ones do not, so this score
        // starts late.
        Assert.True(reports[4].GtMcc.Planes!.Score > reports[3].GtMcc.Planes!.Score
            && reports[3].GtMcc.Planes!.Score > reports[0].GtMcc.Planes!.OtherPlanes.Value + 0.05);
        Assert.Equal([0, 0.25, 0.5, 0.75, 1], reports.Select(report => report.Coverage.Share));
    }

    [Fact]
    public void Without_recovery_every_measure_stays_at_its_null()
    {
        var reports = Enumerable.Range(0, 12).Select(draw => Recovery.Measure(Site.Dictionary(0, (uint)draw))).ToArray();
        var nulls = reports[0].Nulls!.CovarianceMatched;
        var latents = reports.Sum(report => report.Alive);
        Assert.InRange(
            reports.Average(report => report.FourierOverlap!.Value), nulls.Mean - 4 * nulls.Deviation / Math.Sqrt(latents),
            nulls.Mean + 4 * nulls.Deviation / Math.Sqrt(latents));
        Assert.InRange(reports.Average(report => report.Nulls!.CovarianceMatched.Auc), 0.4, 0.6);
        var match = PlaneChoice.Mean([.. reports.Select(report => report.GtMcc.Planes!)]);
        Assert.InRange(match.Score, match.OtherPlanes.Value - 4 * match.Spread, match.OtherPlanes.Value + 4 * match.Spread);
        var answers = reports[0].GtMcc.AnswersChance!;
        Assert.InRange(
            reports.Average(report => report.GtMcc.Answers!.Value), answers.Value - 5 * answers.StandardError,
            answers.Value + 5 * answers.StandardError);
        Assert.All(reports, report => Assert.Equal(0, report.Coverage.Share));
        Assert.All(reports, report => Assert.True(report.ProbeR2.Mean[2] < 0.1));
        Assert.All(reports, report => Assert.Equal(16, report.Classes[LatentClass.Mixed]));
    }

    [Fact]
    public void An_isotropic_dictionary_is_far_below_the_covariance_matched_null()
    {
        var random = new BasisUnderTest(
            new LatentDictionary("isotropic", RandomDirections.Isotropic(16, PlantedSite.Width, new RandomStream(9, "test.isotropic"))),
            Site.Dictionary(0).Maps);
        var report = Recovery.Measure(random);
        Assert.True(report.FourierOverlap < report.Nulls!.CovarianceMatched.Mean - 0.2);
        Assert.Equal(report.Nulls.IsotropicClosedForm, report.Nulls.Isotropic.Mean, 0.01);
    }

    [Fact]
    public void Answer_centroids_as_a_dictionary_match_the_answers()
    {
        var maps = new Matrix(PlantedSite.Modulus, PlantedSite.Modulus * PlantedSite.Modulus);
        for (var row = 0; row < maps.Columns; row++)
        {
            maps[(row / PlantedSite.Modulus + row % PlantedSite.Modulus) % PlantedSite.Modulus, row] = 1;
        }

        var report = Recovery.Measure(new BasisUnderTest(new LatentDictionary("answers", Circuit.AnswerCentroids), maps));
        Assert.Equal(1, report.GtMcc.Answers!.Value, 1e-4);
        Assert.True(report.GtMcc.AnswersChance!.Value < 0.9);
        Assert.Equal(PlantedSite.Modulus, report.Classes[LatentClass.AnswerDetector]);
        Assert.Equal(0, report.Coverage.Share);
    }

    [Fact]
    public void Principal_components_predict_the_planes_from_few_latents()
    {
        var basis = BasisUnderTest.PrincipalComponents(Site.Activations, Circuit.Covariance, 8);
        var report = Recovery.Measure(basis);
        Assert.True(report.ProbeR2.Mean[2] > 0.9);
        Assert.Equal(8, report.Latents);
    }

    [Fact]
    public void Dead_latents_and_zero_rows_are_counted()
    {
        var full = Site.Dictionary(4);
        full.Maps.Row(0).Clear();
        full.Dictionary.Decoder.Row(5).Clear();
        var report = Recovery.Measure(full);
        Assert.Equal((16, 14, 1, 1), (report.Latents, report.Alive, report.Dead, report.ZeroRows));
        Assert.Equal(1, report.Classes[LatentClass.Dead]);
        Assert.DoesNotContain(report.PerLatent, latent => latent.Latent is 0 or 5);
    }

    [Fact]
    public void A_site_can_be_measured_when_the_threads_that_prepared_it_are_gone()
    {
        CircuitRecovery prepared;
        using (var two = new Workers(2))
        {
            var circuit = Circuit.Of(Site.Activations, PlantedSite.Modulus, null, two);
            prepared = new CircuitRecovery(circuit, Site.Activations, workers: two);
        }

        using var other = new Workers(2);
        var site = prepared.With(other);
        var alone = Recovery.Measure(Site.Dictionary(2));
        Assert.Equal(JsonSerializer.Serialize(alone), JsonSerializer.Serialize(site.Measure(Site.Dictionary(2))));
        Assert.Equal(JsonSerializer.Serialize(Recovery.References), JsonSerializer.Serialize(site.References));
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_digit()
    {
        using var two = new Workers(2);
        var circuit = Circuit.Of(Site.Activations, PlantedSite.Modulus, null, two);
        var report = new CircuitRecovery(circuit, Site.Activations, workers: two).Measure(Site.Dictionary(2));
        var alone = Recovery.Measure(Site.Dictionary(2));
        Assert.Equal(JsonSerializer.Serialize(alone), JsonSerializer.Serialize(report));
        Assert.Equal(alone.FourierOverlap, report.FourierOverlap);
        Assert.Equal(alone.Nulls, report.Nulls);
        Assert.Equal(alone.ProbeR2.Mean, report.ProbeR2.Mean);
        Assert.Equal(alone.ChoiceOfPlane!.Draws, report.ChoiceOfPlane!.Draws);
        Assert.Equal(alone.GtMcc.Planes!.Draws, report.GtMcc.Planes!.Draws);
        Assert.Equal(alone.GtMcc.AnswersChance, report.GtMcc.AnswersChance);
        Assert.Equal(alone.PerLatent, report.PerLatent);
    }

    [Fact]
    public void Another_width_is_refused()
    {
        var other = new BasisUnderTest(
            new LatentDictionary("other", RandomDirections.Isotropic(4, 9, new RandomStream(1, "x"))), new Matrix(4, 961));
        var message = Assert.Throws<ArgumentException>(() => Recovery.Measure(other)).Message;
        Assert.Contains("width 9", message, StringComparison.Ordinal);
        Assert.Contains("24", message, StringComparison.Ordinal);
    }
}
