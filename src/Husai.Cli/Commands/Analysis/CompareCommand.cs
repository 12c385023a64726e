using System.CommandLine;
using System.Globalization;
using Husai.Analysis;
using Husai.Autoencoders;
using Husai.Cli.Hosting;
using Husai.Cli.Output;
using Spectre.Console;

namespace Husai.Cli.Commands.Analysis;

/// <summary><c>husai compare</c>: is one set of SAEs more stable than another?</summary>
internal sealed class CompareCommand : HusaiCommand
{
    private readonly Option<string[]> _first = Folders("--a", "SAE folders of the first set, at least two");
    private readonly Option<string[]> _second = Folders("--b", "SAE folders of the second set, at least two");
    private readonly SimilarityArguments _similarity;
    private readonly Option<bool> _allowEqual = SaeArguments.AllowEqual();
    private readonly ActivationArguments _activations;

    public CompareCommand()
        : base(
            "compare",
            "Test whether one set of SAEs is more stable than another, with the seeds as the sample",
            "husai compare --a topk/seed42 topk/seed123 topk/seed456 --b relu/seed42 relu/seed123 relu/seed456")
    {
        Options.Add(_first);
        Options.Add(_second);
        Options.Add(_allowEqual);
        _similarity = new SimilarityArguments(this);
        _activations = new ActivationArguments(this, "Model whose activations give the covariance-matched chance level [default: the SAEs' own decoders give it]");
    }

    public override int Run(CommandContext context)
    {
        var options = _similarity.Read(context);
        var distinct = new DistinctAutoencoders(context.Get(_allowEqual));
        var first = SaeArguments.LoadDictionaries(context.Get(_first), options.ReadsEncoders, distinct, context.Cancellation);
        var second = SaeArguments.LoadDictionaries(context.Get(_second), options.ReadsEncoders, distinct, context.Cancellation);
        using var progress = context.Output.Stages();
        using var activations = _activations.Open(context, [.. context.Get(_first), .. context.Get(_second)], progress);
        if (activations is not null)
        {
            first = activations.WithFrequencies(context, first, progress);
            second = activations.WithFrequencies(context, second, progress);
        }

        var seeds = first.Count + second.Count;
        var result = SaeArguments.Checked(() => SetComparison.Of(first, second, options, activations?.Covariance, context.Workers, pairs =>
        {
            context.Cancellation.ThrowIfCancellationRequested();
            progress.Report(new StageProgress("compare", pairs, seeds * (seeds - 1) / 2));
        }));
        progress.Dispose();
        context.Output.Result(result, console => Show(console, result));
        return ExitCode.Success;
    }

    private static void Show(IAnsiConsole console, SetComparison result)
    {
        console.WriteLine($"Similarity: {result.Options.Name}");
        var sets = Tables.Create(console, "set", "#seeds", "#mean within", "interval over seeds", "#chance iso", "#chance cov", "#kappa iso", "#kappa cov");
        foreach (var (name, set) in new[] { ("a", result.A), ("b", result.B) })
        {
            sets.AddTextRow(
                name, $"{set.Saes.Count}", StabilityTables.Text(set.Within.Mean), StabilityTables.Text(set.Within), StabilityTables.Text(set.Chance.Isotropic),
                StabilityTables.Text(set.Chance.CovarianceMatched), StabilityTables.Text(set.Kappa.Isotropic), StabilityTables.Text(set.Kappa.CovarianceMatched));
        }

        console.Write(sets);
        var tests = Tables.Create(console, "test", "#statistic", "#p (a > b)", "#p two-sided", "#smallest p");
        AddTest(tests, "permutation of seeds, similarity", result.Permutation);
        AddTest(tests, "permutation of seeds, chance-corrected", result.PermutationOfKappa);
        var published = result.AsPublished.MannWhitney;
        tests.AddTextRow(
            "as published: U over pairs, asymptotic", published.U.ToString("0.#", CultureInfo.InvariantCulture), P(published.AsymptoticGreater), P(published.AsymptoticTwoSided), "-");
        if (published.ExactGreater is { } exact)
        {
            tests.AddTextRow("as published: U over pairs, exact", published.U.ToString("0.#", CultureInfo.InvariantCulture), P(exact), P(published.ExactTwoSided!.Value), "-");
        }

        console.Write(tests);
        console.WriteLine($"Mean between the sets {StabilityTables.Text(result.Between)}; Hedges g over seeds {result.HedgesG.ToString("0.00", CultureInfo.InvariantCulture)}");
        Explanation.Write(
            console,
            "chance: of random directions, isotropic and with the covariance of the activations (or decoders); kappa = (mean - "
            + "chance) / (1 - chance).");
        console.WriteLine($"As published: {result.AsPublished.Caution}.");
        Explanation.Write(console, $"Verdict: {Verdict(result.PermutationOfKappa)}");
    }

    // The chance-corrected test: sets of other widths or numbers of live latents have other chance levels.
    private static string Verdict(TestResult test)
    {
        const double level = 0.05;
        var p = test.PTwoSided.ToString("0.0000", CultureInfo.InvariantCulture);
        return test.PTwoSided <= level ? $"{(test.Statistic > 0 ? "a" : "b")} is the more stable set beyond its chance level (p = {p}, two-sided, seeds as the sample)."
            : $"no difference in chance-corrected stability is shown (p = {p}, two-sided, seeds as the sample; the smallest that these numbers of seeds allow is {P(test.SmallestPGreater)} one-sided).";
    }

    private static void AddTest(Table table, string name, TestResult test) => table.AddTextRow(
        name, StabilityTables.Text(test.Statistic), P(test.PGreater), P(test.PTwoSided), P(test.SmallestPGreater));

    private static string P(double value) => value.ToString("0.000000", CultureInfo.InvariantCulture);

    private static Option<string[]> Folders(string name, string description) =>
        new(name) { Description = description, HelpName = "DIR", Required = true, AllowMultipleArgumentsPerToken = true, Arity = ArgumentArity.OneOrMore };
}
