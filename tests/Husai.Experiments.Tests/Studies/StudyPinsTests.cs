using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Model;
using Husai.Experiments.Configuration;
using Husai.Experiments.Studies.Configuration;
using Husai.Numerics.Matrices;

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

    [Fact]
    public void The_most_active_latents_are_pinned_with_their_encoder_where_that_is_asked_for()
    {
        var pins = Read(
            "  - {name: b, pinned: {reference: a, seed: 2, fraction: 0.25, choice: most_active, freeze_encoder: true}, "
                + "options: {latents: 64}}").Saes[1].Pinned!;

        Assert.Equal((PinChoice.MostActive, true), (pins.Choice, pins.FreezeEncoder));
        var written = ConfigurationWriter.Write(new StudyPins { Reference = "a", Seed = 2, Fraction = 0.25 });
        Assert.DoesNotContain("choice", written, StringComparison.Ordinal);
        Assert.DoesNotContain("freeze_encoder", written, StringComparison.Ordinal);
    }

    [Fact]
    public void The_most_active_rows_are_those_of_the_largest_mean_value_on_the_first_2000_rows()
    {
        // Latent 2 fires on rows that are not looked at, latent 1 most strongly on those that are.
        var activations = new Matrix(2001, 3);
        (activations[0, 0], activations[1, 1], activations[2000, 2]) = (1, 2, 100);
        var identity = new Matrix(3, 3);
        (identity[0, 0], identity[1, 1], identity[2, 2]) = (1, 1, 1);
        var sae = Sae.Standard(identity, identity, new float[3], new float[3]);

        var rows = PinChoice.MostActive.Rows(sae, new MatrixActivations(activations), 2);

        Assert.Equal([0, 1, 0, 1, 0, 0], rows.AsSpan().ToArray());
        Assert.Equal([1, 0, 0, 0, 1, 0], PinChoice.First.Rows(sae, new MatrixActivations(activations), 2).Clone().AsSpan().ToArray());
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
