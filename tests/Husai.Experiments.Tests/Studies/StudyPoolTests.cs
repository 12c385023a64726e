using Husai.Experiments.Configuration;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Plan;

namespace Husai.Experiments.Tests.Studies;

public sealed class StudyPoolTests
{
    private const string Start = "name: s\ntransformers: [{name: t}]\nseeds: [1, 2]\nsaes:\n";
    private const string Reference = "  - {name: a, seeds: [1, 2, 3, 4], options: {latents: 64}}\n";

    [Fact]
    public void No_two_pools_share_an_sae_and_all_of_theirs_are_trained_first()
    {
        var study = Read("  - {name: b, pooled: {reference: a, members: 2}, options: {latents: 64}}");
        var plan = new StudyPlan(study).Sites[0];
        var (reference, pooled) = (plan.Configurations[0].Seeds, plan.Configurations[1].Seeds);

        Assert.Equal(2, pooled.Count);
        Assert.Equal([1, 2], reference.Where(job => pooled[0].Dependencies.Contains(job)).Select(job => job.Seed));
        Assert.Equal([3, 4], reference.Where(job => pooled[1].Dependencies.Contains(job)).Select(job => job.Seed));
        Assert.All(pooled, job => Assert.Contains("pooled: 2", job.Inputs, StringComparison.Ordinal));
        Assert.All(reference, job => Assert.DoesNotContain("pooled", job.Inputs, StringComparison.Ordinal));
    }

    [Fact]
    public void A_study_with_pools_reads_back_to_the_same_text()
    {
        var text = ConfigurationWriter.Write(Read("  - {name: b, pooled: {reference: a, members: 2}, options: {latents: 64}}"));
        Assert.Equal(text, ConfigurationWriter.Write(StudyReader.Parse(text, "config.yaml", ".")));
    }

    [Theory]
    [InlineData("{reference: c, members: 2}", "is pooled from 'c', which is not listed before it")]
    [InlineData("{reference: b, members: 2}", "is pooled from 'b', which is not listed before it")]
    [InlineData("{reference: a, members: 3}", "pools 3 SAEs of 'a' for each seed, 6 in all, and that has 4 seeds")]
    [InlineData("{reference: a, members: 1}", "members")]
    public void Pools_that_cannot_be_are_refused(string pool, string expected) => Assert.Contains(
        expected,
        Assert.Throws<ConfigurationException>(() => Read($"  - {{name: b, pooled: {pool}, options: {{latents: 32}}}}")).Message,
        StringComparison.Ordinal);

    private static StudyOptions Read(string second) => StudyReader.Parse(Start + Reference + second, "study.yaml", ".");
}
