using Husai.Experiments.Configuration;
using Husai.Experiments.Studies;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Plan;

namespace Husai.Experiments.Tests.Studies;

public sealed class StudyReaderTests : IDisposable
{
    private const string Transformers = "name: study\ntransformers: [{name: quick}]\n";
    private readonly string _folder = Directory.CreateTempSubdirectory("husai-reader-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Lists_make_every_combination_the_last_key_changing_fastest()
    {
        var study = Read(Transformers + "saes: [{name: a, options: {architecture: [topk, batchtopk], k: [4, 8], latents: 64}}]");
        Assert.Equal(["a-topk-k4", "a-topk-k8", "a-batchtopk-k4", "a-batchtopk-k8"], study.Saes.Select(entry => entry.Name));
        Assert.Equal([4, 8, 4, 8], study.Saes.Select(entry => entry.Options.K));
        Assert.All(study.Saes, entry => Assert.Equal(64, entry.Options.Latents));
    }

    [Fact]
    public void A_list_where_a_list_belongs_is_no_sweep_and_a_list_of_lists_is()
    {
        var one = Read(Transformers + "saes: [{name: m, options: {architecture: matryoshka, nested_fractions: [0.5, 1]}}]");
        Assert.Equal([0.5, 1], Assert.Single(one.Saes).Options.NestedFractions);
        var two = Read(Transformers + "saes: [{name: m, options: {architecture: matryoshka, nested_fractions: [[0.5, 1], [0.25, 1]]}}]");
        Assert.Equal(["m-nested_fractions1", "m-nested_fractions2"], two.Saes.Select(entry => entry.Name));
    }

    [Fact]
    public void An_option_that_there_is_no_longer_is_read_stands_in_keys_and_is_written_nowhere()
    {
        var study = Read(Transformers + "saes: [{name: a}]\nanalyses: {as_published: false}");

        Assert.Contains("as_published: false\n", ConfigurationWriter.WriteKey(study.Analyses), StringComparison.Ordinal);
        Assert.DoesNotContain("as_published", ConfigurationWriter.Write(study), StringComparison.Ordinal);
        Assert.DoesNotContain("as_published", ConfigurationReference.Markdown(new StudyAnalyses()), StringComparison.Ordinal);
        Assert.Contains(
            "as_published is no part of a study",
            Assert.Throws<ConfigurationException>(() => Read(Transformers + "saes: [{name: a}]\nanalyses: {as_published: true}")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_study_that_has_run_is_read_with_what_it_asked_for_then()
    {
        var path = Path.Combine(_folder, StudyFolder.ConfigurationName);
        File.WriteAllText(path, Transformers + "saes: [{name: a}]\nanalyses: {as_published: true}");

        Assert.Equal("study", StudyFolder.ReadOptions(_folder).Name);
        Assert.Throws<ConfigurationException>(() => StudyReader.Read(path));
    }

    [Theory]
    [InlineData("saes: [{name: a}]\nseeds: [1, 2, 1]")]
    [InlineData("saes: [{name: a}]\nseeds: []")]
    [InlineData("saes: [{name: a, seeds: [3, 3]}]")]
    [InlineData("saes: [{name: a, seeds: []}]")]
    public void Seeds_are_at_least_one_and_none_twice(string text) => Assert.Contains(
        "'seeds' must have at least one seed, and none twice",
        Assert.Throws<ConfigurationException>(() => Read(Transformers + text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("analyses: {planes: {whitened_variance: 0}}", "'whitened_variance' is '0' where more than 0")]
    [InlineData("analyses: {recovery: {probe_latents: []}}", "'probe_latents' must have at least one number")]
    [InlineData("analyses: {recovery: {probe_latents: [0]}}", "'0' where at least 1")]
    public void Analyses_that_cannot_be_made_are_told_of_before_anything_runs(string analyses, string problem) => Assert.Contains(
        problem, Assert.Throws<ConfigurationException>(() => Read($"{Transformers}saes: [{{name: a}}]\n{analyses}")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_modulus_is_odd() => Assert.Contains(
        "the modulus of 'quick' is 112", Assert.Throws<ConfigurationException>(
            () =>
                Read("name: s\ntransformers: [{name: quick, task: {modulus: 112}}]\nsaes: [{name: a}]")).Message, StringComparison.Ordinal);

    [Fact]
    public void Transformers_are_swept_too()
    {
        var study = Read(
            "name: s\ntransformers: [{name: t, model: {layers: [1, 2]}, training: {weight_decay: [1, 2]}}]\nsaes: [{name: a}]");
        Assert.Equal(
            ["t-layers1-weight_decay1", "t-layers1-weight_decay2", "t-layers2-weight_decay1", "t-layers2-weight_decay2"],
            study.Transformers.Select(entry => entry.Name));
    }

    [Fact]
    public void A_file_gives_what_the_study_does_not_and_its_name()
    {
        File.WriteAllText(Path.Combine(_folder, "topk_8x.yaml"), "architecture: topk\nk: 32\nepochs: 7\n");
        var study = Read(Transformers + "saes: [{config: topk_8x.yaml, options: {k: 16}}]");
        var entry = Assert.Single(study.Saes);
        Assert.Equal(("topk_8x", 16, 7), (entry.Name, entry.Options.K, entry.Options.Epochs));
    }

    [Fact]
    public void The_names_of_a_sweep_follow_the_study_and_not_the_file()
    {
        File.WriteAllText(Path.Combine(_folder, "topk.yaml"), "k: 32\nlatents: 64\n");
        var study = Read(Transformers + "saes: [{config: topk.yaml, options: {latents: [64], k: [4, 8]}}]");
        Assert.Equal(["topk-latents64-k4", "topk-latents64-k8"], study.Saes.Select(entry => entry.Name));
    }

    [Fact]
    public void Errors_name_the_file_and_line_they_stand_in_and_come_once_each()
    {
        File.WriteAllText(Path.Combine(_folder, "bad.yaml"), "architecture: topk\nkk: 32\n");
        var error = Assert.Throws<ConfigurationException>(() => Read(
            Transformers + "saes:\n  - {config: bad.yaml, options: {epochs: [1, 2, 0]}}\n  - {config: gone.yaml}\nseed: 3"));
        Assert.Single(error.Errors, one => one.Location.Source.EndsWith("bad.yaml", StringComparison.Ordinal) && one.Location.Line == 2);
        Assert.Contains(error.Errors, one => one.Location.Line == 4 && one.Message.Contains("'0'", StringComparison.Ordinal));
        Assert.Contains(error.Errors, one => one.Location.Line == 5 && one.Message.Contains("gone.yaml", StringComparison.Ordinal));
        Assert.Contains(error.Errors, one => one.Location.Line == 6 && one.Message.Contains("'seeds'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sites: [{layer: 1}]", "layer 1")]
    [InlineData("analyses: {comparisons: [{first: a, second: b}]}", "'b'")]
    [InlineData("sites: [{}, {}]", "twice")]
    [InlineData("seeds: []", "seed")]
    public void What_does_not_fit_together_is_refused(string line, string named)
    {
        var error = Assert.Throws<ConfigurationException>(() => Read(Transformers + "saes: [{name: a}]\n" + line));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_resolved_study_reads_back_to_the_same_text()
    {
        var study = Read(Transformers + "saes: [{name: a, options: {k: [4, 8]}}]");
        var text = ConfigurationWriter.Write(study);
        Assert.Equal(text, ConfigurationWriter.Write(Read(text)));
    }

    [Fact]
    public void Earlier_keys_mean_the_same()
    {
        var today = Read(Transformers + "saes: [{name: a, options: {k: [4, 8]}}]");
        var earlier = Read(Transformers + "autoencoders: [{name: a, options: {k: [4, 8]}}]");
        Assert.Equal(ConfigurationWriter.Write(today), ConfigurationWriter.Write(earlier));
        var error = Assert.Throws<ConfigurationException>(() => Read(Transformers + "saes: [{name: a}]\nautoencoders: [{name: b}]"));
        Assert.Contains("'autoencoders' is the earlier name of 'saes'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Earlier_names_of_keys_and_values_mean_the_same_and_make_the_keys_of_jobs()
    {
        const string saes = "saes: [{name: a, options: {k: 4}}]\n";
        var today = Read(Transformers + saes + "analyses: {circuit: false, similarity: {cosine: abs, matcher: mutual-nn, "
            + "reduction: fraction}, further_similarities: [{matcher: max}]}");
        var earlier = Read(Transformers + saes + "analyses: {ground_truth: false, similarity: {cosine: absolute, "
            + "matcher: mutual_nearest, reduction: fraction_above_threshold}, further_similarities: [{matcher: maximum}]}");
        var text = ConfigurationWriter.Write(today);
        Assert.Equal(text, ConfigurationWriter.Write(earlier));
        Assert.All(
            ["  circuit: false\n", "cosine: abs\n", "matcher: mutual-nn\n", "reduction: fraction\n", "matcher: max\n"],
            line => Assert.Contains(line, text, StringComparison.Ordinal));

        var keys = ConfigurationWriter.WriteKey(today.Analyses);
        Assert.All(
            [
                "ground_truth: false\n", "cosine: absolute\n", "matcher: mutual_nearest\n", "reduction: fraction_above_threshold\n",
                "matcher: maximum\n",
            ],
            line => Assert.Contains(line, keys, StringComparison.Ordinal));
        var gates = ((string[])["warn", "report"]).Select(
            gate => Read($"name: s\ntransformers: [{{name: t, gate: {gate}}}]\n" + saes)).ToArray();
        Assert.Equal(ConfigurationWriter.Write(gates[0]), ConfigurationWriter.Write(gates[1]));
        Assert.Contains("gate: warn\n", ConfigurationWriter.Write(gates[0]), StringComparison.Ordinal);
        Assert.Contains(
            new StudyPlan(gates[0]).Graph.Jobs, job => job.Inputs.EndsWith("gate: report\n", StringComparison.Ordinal));
        Assert.All(
            new StudyPlan(today).Graph.Jobs, job => Assert.DoesNotContain("mutual-nn", job.Inputs, StringComparison.Ordinal));
        var error = Assert.Throws<ConfigurationException>(
            () => Read(Transformers + saes + "analyses: {circuit: false, ground_truth: true}"));
        Assert.Contains("'ground_truth' is the earlier name of 'circuit'", error.Message, StringComparison.Ordinal);
    }

    private StudyOptions Read(string text) => StudyReader.Parse(text, "study.yaml", _folder);
}
