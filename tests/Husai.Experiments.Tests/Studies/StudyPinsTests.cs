using Husai.Experiments.Configuration;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Published;

namespace Husai.Experiments.Tests.Studies;

public sealed class StudyPinsTests
{
    private const string Start = "name: s\ntransformers: [{name: t}]\nseeds: [1, 2]\nsaes:\n";
    private const string Reference = "  - {name: a, options: {latents: 64}}\n";

    [Fact]
    public void Pins_are_read()
    {
        var pins = Read("  - {name: b, pinned: {reference: a, seed: 2, fraction: 0.25}, options: {latents: 64}}").Saes[1].Pinned;

        Assert.Equal(new StudyPins { Reference = "a", Seed = 2, Fraction = 0.25 }, pins);
        Assert.Equal(16, pins!.RowsOf(64));
    }

    [Theory]
    [InlineData("{reference: c, seed: 1, fraction: 0.5}", 64, "which is not listed before it")]
    [InlineData("{reference: b, seed: 1, fraction: 0.5}", 64, "which is not listed before it")]
    [InlineData("{reference: a, seed: 3, fraction: 0.5}", 64, "is pinned to seed 3 of 'a', which is not trained with it")]
    [InlineData("{reference: a, seed: 1, fraction: 0.5}", 32, "has another number of latents than 'a'")]
    [InlineData("{reference: a, seed: 1, fraction: 1.5}", 64, "fraction")]
    public void Pins_that_cannot_be_are_refused(string pins, int latents, string expected) => Assert.Contains(
        expected,
        Assert.Throws<ConfigurationException>(() => Read($"  - {{name: b, pinned: {pins}, options: {{latents: {latents}}}}}")).Message,
        StringComparison.Ordinal);

    private static StudyOptions Read(string second) => StudyReader.Parse(Start + Reference + second, "study.yaml", ".");
}
