using Husai.Analysis.Comparison;
using Husai.Autoencoders.Options;
using Husai.Experiments.Studies.Results;
using Husai.Reporting.Results;
using Husai.Reporting.Results.Questions;
using static Husai.Reporting.Tests.Results.MadeUpResults;

namespace Husai.Reporting.Tests.Results;

public sealed class RecipeChangeQuestionTests
{
    [Fact]
    public void What_raises_agreement_over_transformers_is_named_with_its_cost()
    {
        var text = Text(
            Change("longer", (0.02, 0.1), (0.03, 0.1), (0.025, 0.1)), Change("other", (0.1, 0.01), (0.3, 0.1), (0, 0.1)),
            Change("start", (0.3, 0.1), (0.31, 0.1), (0.3, 0.1)), Change("worse", (-0.2, 0.1), (-0.3, 0.1), (-0.25, 0.1)),
            Change("fixed", (0.5, 0.1), (0.51, 0.1), (0.5, 0.1)));

        Assert.Contains(
            "**Of 5 changes of plain, 2 that learn their directions raise agreement; most start: kappa 0.400", text,
            StringComparison.Ordinal);
        Assert.Contains("Explained variance and dead latents, 0.900 and", text, StringComparison.Ordinal);
        Assert.Contains("Lowered by: worse.", text, StringComparison.Ordinal);
        Assert.Contains("Open: other.", text, StringComparison.Ordinal);
        Assert.Contains("fixed never learns its directions and agrees by 0.600", text, StringComparison.Ordinal);
        Assert.Contains("it is no less than that of start and longer.", text, StringComparison.Ordinal);
        Assert.Contains("| start |", text, StringComparison.Ordinal);
        Assert.True(text.IndexOf("| fixed |", StringComparison.Ordinal) < text.IndexOf("| longer |", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_nothing_raises_it_that_is_said() => Assert.Contains(
        "**None of 3 changes of plain that learn their directions raises agreement.**",
        Text(Change("longer", (0, 0.1)), Change("other", (0.1, 0.2)), Change("fixed", (0.5, 0.1))),
        StringComparison.Ordinal);

    [Fact]
    public void A_gain_is_the_mean_over_transformers_with_its_interval_over_them()
    {
        var gain = Change("longer", (0.02, 0.01), (0.04, 0.01)).Gain!;
        Assert.Equal(0.03, gain.Mean, 1e-12);
        Assert.True(gain.Low < 0.03 && gain.High > 0.03);
    }

    [Fact]
    public void A_missing_kappa_neither_raises_nor_lowers()
    {
        var change = Change("refused", (0.5, 0.1)) with { OnEachTransformer = [null] };
        Assert.False(change.Raises || change.Lowers);
        Assert.Null(change.Gain);
    }

    // Each difference has half the width of its interval over seeds.
    private static RecipeChange Change(string name, params (double Value, double Half)[] differences) => new(
        "goldilocks", "L0.resid_post", "plain", name,
        [.. differences.Select(part => new KappaDifference(part.Value, part.Value - part.Half, part.Value + part.Half, null, null))]);

    private static string Text(params RecipeChange[] changes)
    {
        var rows = new List<ConfigurationResults> { Row("plain", 0.1) };
        rows.AddRange(changes.Select(change => Row(change.Changed, change.Changed switch
        {
            "start" => 0.4,
            "fixed" => 0.6,
            _ => 0.2,
        }) with
        {
            Freeze = change.Changed == "fixed" ? FrozenPart.Decoder : FrozenPart.None,
        }));
        var text = new MarkdownText();
        RecipeChangeQuestion.Write(text, new ResultsInput([], rows) { Changes = changes });
        return text.ToString();
    }

    // With a level of 0 kappa is the similarity.
    private static ConfigurationResults Row(string name, double kappa) => Right(name, kappa, 0) with { DeadFraction = Around(0.05) };
}
