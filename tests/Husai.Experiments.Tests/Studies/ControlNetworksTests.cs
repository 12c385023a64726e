using Husai.Experiments.Configuration;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Plan;
using Husai.Experiments.Studies.Results;

namespace Husai.Experiments.Tests.Studies;

public sealed class ControlNetworksTests
{
    private const string Start =
        "name: s\ntransformers: [{name: t, seeds: [1, 2]}]\nseeds: [1, 2]\nsaes: [{name: a}]\nbaselines: [frozen_decoder]\n";

    private const string All = "controls: [random_init, memorised, randomised]\n";

    [Fact]
    public void Each_transformer_has_its_controls_and_they_have_no_baselines()
    {
        var plan = new StudyPlan(Read(Start + All));

        Assert.Equal(
            [
                "t-s1", "t-s2", "t+random_init-s1", "t+memorised-s1", "t+randomised-s1", "t+random_init-s2", "t+memorised-s2",
                "t+randomised-s2",
            ],
            plan.Transformers.Select(job => job.Label));
        Assert.All(
            plan.Sites,
            site => Assert.Equal(
                site.Activations.Transformer.Transformer.Control is null ? ["a", "a+frozen_decoder"] : ["a"],
                site.Configurations.Select(configuration => configuration.Sae.Name)));
    }

    [Fact]
    public void Controls_leave_the_other_jobs_of_a_study_as_they_are()
    {
        var (with, without) = (Keys(Start + All), Keys(Start));
        Assert.All(without, job => Assert.Contains(job, with));
        Assert.True(with.Count > without.Count);
    }

    [Fact]
    public void Restarts_are_in_the_key_of_the_transformer_that_they_are_for_and_in_no_other()
    {
        const string restarts = "[{name: t, training: {clean_up_until_gate: true, restarts: 3, restart_after: 300}, seeds: [1, 2]}]";
        var with = Keys((Start + All).Replace("[{name: t, seeds: [1, 2]}]", restarts, StringComparison.Ordinal));
        var without = Keys((Start + All).Replace(
            "[{name: t, seeds: [1, 2]}]", "[{name: t, training: {clean_up_until_gate: true}, seeds: [1, 2]}]", StringComparison.Ordinal));

        Assert.All(without, job => Assert.DoesNotContain("restart", job, StringComparison.Ordinal));
        Assert.Equal(2, with.Count(job => job.Contains("restart", StringComparison.Ordinal)));
        Assert.Equal(
            without,
            with.Select(job => job.Replace("  restarts: 3\n  restart_after: 300\n", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void One_that_memorises_has_no_weight_decay_and_must_not_generalise()
    {
        var memorised = ControlNetworks.Beside(new StudyTransformer { Name = "t" }, [StudyControl.Memorised]).Single();
        Assert.Equal(0, memorised.Training.WeightDecay);

        Memorisation.Require(Accuracies(1, 0.02), 113);
        var partial = Assert.Throws<InvalidOperationException>(() => Memorisation.Require(Accuracies(0.99, 0.02), 113));
        var general = Assert.Throws<InvalidOperationException>(() => Memorisation.Require(Accuracies(1, 0.2), 113));
        Assert.Contains("0.99 on training pairs", partial.Message, StringComparison.Ordinal);
        Assert.Contains("0.2 on held-out pairs, needed <= 0.0442", general.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_control_twice_is_refused()
    {
        var error = Assert.Throws<ConfigurationException>(() => Read(Start + "controls: [memorised, memorised]"));
        Assert.Contains("the control memorised is given twice", error.Message, StringComparison.Ordinal);
    }

    private static TransformerResult Accuracies(double train, double test) => new()
    {
        WeightsHash = "",
        Epochs = 1,
        Steps = 1,
        TrainLoss = 0,
        TrainAccuracy = train,
        TestLoss = 0,
        TestAccuracy = test,
        Gate = [],
        EmbeddingSpectrum = [],
    };

    private static StudyOptions Read(string text) => StudyReader.Parse(text, "study.yaml", ".");

    private static List<string> Keys(string text) =>
        [.. new StudyPlan(Read(text)).Graph.Jobs.Select(job => $"{job.Name} {job.Kind} {job.Version} {job.Inputs}")];
}
