using Husai.Autoencoders.Options;
using Husai.Experiments.Configuration;
using Husai.Experiments.Jobs;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Plan;

namespace Husai.Experiments.Tests.Studies;

public sealed class FrozenBaselinesTests
{
    private const string Start = "name: s\ntransformers: [{name: t}]\nseeds: [1, 2]\nsaes:\n";
    private const string Two = "  - {name: a, options: {latents: 64}}\n  - {name: b, seeds: [3], options: {latents: 32, k: 8}}\n";
    private const string All = "baselines: [frozen_decoder, soft_frozen_decoder, frozen_encoder]\n";

    [Fact]
    public void Each_configuration_is_followed_by_its_baselines_which_differ_in_what_is_frozen_alone()
    {
        var site = new StudyPlan(Read(Two + All)).Sites[0];

        Assert.Equal(
            [
                "a", "a+frozen_decoder", "a+soft_frozen_decoder", "a+frozen_encoder",
                "b", "b+frozen_decoder", "b+soft_frozen_decoder", "b+frozen_encoder",
            ],
            site.Configurations.Select(plan => plan.Sae.Name));
        foreach (var group in site.Configurations.GroupBy(plan => plan.Sae.Name.Split('+')[0]))
        {
            Assert.Equal([null, group.Key, group.Key, group.Key], group.Select(plan => plan.Sae.BaselineOf));
            Assert.Equal(
                [FrozenPart.None, FrozenPart.Decoder, FrozenPart.DecoderSoft, FrozenPart.Encoder],
                group.Select(plan => plan.Seeds[0].Options.Freeze));
            Assert.Single(group.Select(plan => string.Join(',', plan.Seeds.Select(seed => seed.Seed))).Distinct());
            Assert.Single(
                group.Select(plan => ConfigurationWriter.Write(plan.Seeds[0].Options with { Freeze = FrozenPart.None })).Distinct());
        }
    }

    [Fact]
    public void Baselines_leave_the_other_jobs_of_a_study_as_they_are()
    {
        var (with, without) = (Keys(Two + All), Keys(Two));
        Assert.All(without, job => Assert.Contains(job, with));
        Assert.True(with.Count > without.Count);
    }

    [Fact]
    public void What_is_pinned_or_frozen_has_no_baselines()
    {
        var study = Read(
            "  - {name: a}\n  - {name: b, pinned: {reference: a, seed: 1, fraction: 0.5}}\n  - {name: c, options: {freeze: decoder}}\n"
            + "baselines: [frozen_encoder]");
        Assert.Equal(["a", "a+frozen_encoder", "b", "c"], study.SaesWithBaselines().Select(sae => sae.Name));
    }

    [Fact]
    public void A_study_with_baselines_reads_back_to_the_same_text()
    {
        var text = ConfigurationWriter.Write(Read(Two + All));
        Assert.Equal(text, ConfigurationWriter.Write(StudyReader.Parse(text, "config.yaml", ".")));
    }

    [Theory]
    [InlineData("  - {name: a}\nbaselines: [frozen]", "one of frozen_decoder, soft_frozen_decoder, frozen_encoder")]
    [InlineData("  - {name: a}\nbaselines: [frozen_encoder, frozen_encoder]", "the baseline frozen_encoder is given twice")]
    [InlineData("  - {name: a, options: {resample_every: 9}}\nbaselines: [frozen_encoder]", "its resample_every must be 0")]
    [InlineData("  - {name: a}\n  - {name: b, options: {freeze: encoder}}\nbaselines: [frozen_encoder]", "are the same training")]
    public void Baselines_that_cannot_be_are_refused(string saes, string expected) => Assert.Contains(
        expected, Assert.Throws<ConfigurationException>(() => Read(saes)).Message, StringComparison.Ordinal);

    private static List<(string Name, string Inputs)> Keys(string saes) =>
        [.. new StudyPlan(Read(saes)).Graph.Jobs.Select(job => (job.Name, job.Inputs))];

    private static StudyOptions Read(string saes) => StudyReader.Parse(Start + saes, "study.yaml", ".");
}
