using Husai.Analysis.Circuits;

namespace Husai.Analysis.Tests.Circuits;

public sealed class CircuitVerdictTests
{
    private static readonly PlantedSite Site = new(noise: 0.02);
    private static readonly CircuitRecovery Recovery = new(Site.FindCircuit(), Site.Activations);

    [Fact]
    public void A_planted_circuit_is_recovered_and_has_better_probes()
    {
        var planted = Measure(planes: 4);
        var verdict = CircuitVerdict.Of([planted, planted, planted], Recovery.References);
        Assert.Equal(CircuitFinding.Recovered, verdict.Finding);
        Assert.True(verdict.RecoversCircuit);
        Assert.Equal(1, verdict.Kappa!.Mean, 1e-3);
        Assert.Equal(1 / 201.0, verdict.Choice!.P, 1e-9);
        Assert.Equal(planted.ChoiceOfPlane!.OtherPlanes, verdict.Choice.OtherPlanes);
        var none = Measure(planes: 0);
        Assert.True(ProbeComparison.Of(planted, [none]).ProbeR2 > ProbeComparison.Of(planted, [none]).BaselineProbeR2);
        Assert.Equal(none.Name, ProbeComparison.Of(planted, [none]).BestBaseline);
        Assert.Null(ProbeComparison.Of(none, []).BestBaseline);
    }

    [Fact]
    public void Noise_does_not_hide_a_planted_circuit()
    {
        var noisy = new PlantedSite(noise: 0.3);
        var recovery = new CircuitRecovery(noisy.FindCircuit(), noisy.Activations);
        var planted = recovery.Measure(noisy.Dictionary(4));
        var none = Enumerable.Range(0, 3).Select(draw => recovery.Measure(noisy.Dictionary(0, (uint)draw))).ToArray();
        Assert.Equal(CircuitFinding.Recovered, CircuitVerdict.Of([planted, planted, planted], recovery.References).Finding);
        Assert.NotEqual(CircuitFinding.Recovered, CircuitVerdict.Of(none, recovery.References).Finding);
        Assert.True(ProbeComparison.Of(planted, none).ProbeR2 > ProbeComparison.Of(planted, none).BaselineProbeR2);
        Assert.True(ProbeComparison.Of(none[0], [planted]).ProbeR2 < ProbeComparison.Of(none[0], [planted]).BaselineProbeR2);
        Assert.True(none[0].FourierOverlap < planted.FourierOverlap);
    }

    [Fact]
    public void Data_points_choose_the_planes_and_are_no_recovery()
    {
        var reports = Enumerable.Range(0, 5).Select(draw => Measure(0, (uint)draw)).ToArray();
        var verdict = CircuitVerdict.Of(reports, Recovery.References);
        Assert.NotEqual(CircuitFinding.Recovered, verdict.Finding);
        Assert.InRange(verdict.Overlap!.Mean, Recovery.References!.DataPoints.Score - 0.1, Recovery.References.DataPoints.Score + 0.1);
    }

    [Fact]
    public void One_sae_has_no_verdict_but_a_p()
    {
        var verdict = CircuitVerdict.Of([Measure(planes: 4)], Recovery.References);
        Assert.Equal(CircuitFinding.OneSae, verdict.Finding);
        Assert.Null(verdict.RecoversCircuit);
        Assert.Null(verdict.Kappa!.Low);
        Assert.Equal(1 / 201.0, verdict.Choice!.P, 1e-9);
    }

    [Fact]
    public void A_site_without_planes_has_no_verdict() =>
        Assert.Equal(CircuitFinding.NoPlanes, CircuitVerdict.Of([Measure(planes: 0)], references: null).Finding);

    private static RecoveryReport Measure(int planes, uint draw = 0) => Recovery.Measure(Site.Dictionary(planes, draw));
}
