namespace Husai.Analysis.Tests.Circuits;

public sealed class CircuitVerdictTests
{
    private static readonly PlantedSite Site = new(noise: 0.3);
    private static readonly CircuitRecovery Recovery = new(Site.Truth(), Site.Activations);

    [Fact]
    public void Planted_planes_are_above_chance_and_unplanted_ones_are_not()
    {
        var planted = Recovery.Measure(Site.Dictionary(4));
        var none = Recovery.Measure(Site.Dictionary(0));
        var verdict = CircuitVerdict.Of(planted, [none]);
        Assert.True(verdict.AboveChance);
        Assert.True(verdict.ProbeR2 > verdict.BaselineProbeR2);
        Assert.Equal(none.Name, verdict.BestBaseline);
        Assert.True(verdict.StrongestChance >= planted.Nulls!.CovarianceMatched.Mean);
        Assert.True(CircuitVerdict.Of(none, [planted]).ProbeR2 < CircuitVerdict.Of(none, [planted]).BaselineProbeR2);
        Assert.Null(CircuitVerdict.Of(none, []).BestBaseline);
        Assert.True(CircuitVerdict.Of(none, []).FourierOverlap < verdict.FourierOverlap);
    }
}
