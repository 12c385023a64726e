using Husai.Experiments.Configuration;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Merging;
using Husai.Formats.Files;

namespace Husai.Experiments.Tests.Clusters;

public sealed class MergedOptionsTests
{
    private const string Base = "name: s\ntransformers: [{name: t}]\nsaes: [{name: a, options: {latents: 64}}]\nseeds: [1, 2]";

    [Fact]
    public void The_same_study_twice_is_the_study() => Assert.Equal(
        ConfigurationWriter.Write(Read(Base)), ConfigurationWriter.Write(Merge(Base, Base)));

    [Fact]
    public void Seeds_SAEs_and_transformers_are_put_together_those_of_the_first_before_those_of_the_next()
    {
        var merged = Merge(
            Base, "name: s\ntransformers: [{name: t, seeds: [3]}, {name: u}]\nsaes: [{name: a, options: {latents: 64}}, "
                + "{name: b, options: {latents: 32}}]\nseeds: [7, 2]");
        Assert.Equal([1, 2, 7], merged.Seeds);
        Assert.Equal(["t", "u"], merged.Transformers.Select(transformer => transformer.Name));
        Assert.Equal([0, 3], merged.Transformers[0].Seeds);
        Assert.Null(merged.Saes[0].Seeds);
        Assert.Equal([7, 2], merged.Saes[1].Seeds);
    }

    [Theory]
    [InlineData("name: s", "name: other", "name differs")]
    [InlineData("latents: 64", "latents: 65", "SAE 'a' differs")]
    [InlineData("{name: t}", "{name: t, gate: require}", "transformer 't' differs")]
    [InlineData("seeds: [1, 2]", "seeds: [1, 2]\nanalyses: {chance_draws: 7}", "analyses differs")]
    public void Studies_that_do_not_fit_are_refused(string text, string by, string problem) => Assert.Contains(
        problem, Assert.Throws<InvalidFileException>(() => Merge(Base, Base.Replace(text, by, StringComparison.Ordinal))).Message,
        StringComparison.Ordinal);

    private static StudyOptions Merge(params string[] texts) =>
        MergedOptions.Of([.. texts.Select((text, index) => (Read(text), $"folder{index}"))]);

    private static StudyOptions Read(string text) => StudyReader.Parse(text, "s.yaml", ".");
}
