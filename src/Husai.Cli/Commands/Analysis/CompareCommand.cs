using System.CommandLine;
using System.Globalization;
using Husai.Analysis.Comparison;
using Husai.Autoencoders.Storage;
using Husai.Cli.Hosting;
using Husai.Cli.Output;
using Husai.Reporting.Figures;
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
    private readonly FiguresOption _figures;

    public CompareCommand()
        : base(
            "compare",
            "Test whether one set of SAEs is more stable than another; the seeds are the sample",
            "husai compare --a runs/topk/seed_42 runs/topk/seed_123 runs/topk/seed_456 --b runs/relu/seed_42 runs/relu/seed_123 "
                + "runs/relu/seed_456")
    {
        Options.Add(_first);
        Options.Add(_second);
        Options.Add(_allowEqual);
        _similarity = new SimilarityArguments(this);
        _activations = new ActivationArguments(
            this,
            "Folder of the transformer that the SAEs were trained on; its activations then give the turned chance level");
        _figures = new FiguresOption(this);
    }

    public override int Run(CommandContext context)
    {
        _figures.RequireReplaceable(context);
        var options = _similarity.Read(context);
        var distinct = new DistinctSaes(context.Get(_allowEqual));
        var first = SaeArguments.LoadDictionaries(context.Get(_first), options.ReadsEncoders, distinct, context.Cancellation);
        var second = SaeArguments.LoadDictionaries(context.Get(_second), options.ReadsEncoders, distinct, context.Cancellation);
        using var progress = context.Output.Stages();
        using var activations = _activations.Open(context, [.. context.Get(_first), .. context.Get(_second)], progress);
        if (activations is not null)
        {
            first = activations.WithFrequencies(context, first, progress);
            second = activations.WithFrequencies(context, second, progress);
        }

        var result = SaeArguments.Checked(() =>
            SetComparison.Of(first, second, options, activations?.Covariance, context.Workers, progress.Report, context.Cancellation));
        progress.Dispose();
        _figures.Write(context, () => CommandFigures.Of(result));
        context.Output.Result(result, console => Show(console, result));
        return ExitCode.Success;
    }

    private static void Show(IAnsiConsole console, SetComparison result)
    {
        console.WriteLine($"Similarity: {result.Options.Name}");
        var sets = Tables.Create(console, "set", "#seeds", "#stability", "#chance", "kappa", "turned kappa");
        foreach (var set in new[] { result.A, result.B })
        {
            var agreement = set.Agreement;
            sets.AddTextRow(
                set.Name, $"{set.Saes.Count}", StabilityTables.Text(agreement.Mean), StabilityTables.Text(agreement.Levels.SameShape.Value),
                StabilityTables.Text(agreement.Kappa),
                StabilityTables.Text(agreement.KappaTurned));
        }

        console.Write(sets);
        foreach (var set in new[] { result.A, result.B })
        {
            Explanation.Write(console, $"{set.Name}: {StabilityTables.Sentence(set.Agreement)}");
        }

        Explanation.Write(console, Verdict(result));
        console.WriteLine(
            $"Mean similarity between the sets: "
                + $"{(result.Between is { } between ? StabilityTables.Text(between) : "- (every pair shares its initial weights)")}");
        StabilityTables.WriteSharedStarts(console, result.SharedStarts, [.. result.A.Saes, .. result.B.Saes]);
        Explanation.Write(
            console,
            "chance: two random dictionaries of the same shape; kappa = (stability - chance) / (1 - chance). The seeds are the sample: "
                + "interval by "
            + "leaving one seed out, p by permuting the labels of the sets over the seeds on the kappa of every pair.");
        WriteAsPublished(console, result.AsPublished);
    }

    private static string Verdict(SetComparison result)
    {
        if (result.Difference is not { } difference)
        {
            return "No difference of kappa: a set has none.";
        }

        var missing = difference.Low is null ? " (an interval needs three seeds in each set)" : "";
        var least = $"the least that {result.A.Saes.Count} + {result.B.Saes.Count} seeds allow";
        var p = difference.P switch
        {
            null => "no permutation test: too few pairs",
            { } value when value <= difference.PFloor * (1 + 1e-9) => $"p = {P(value)}, two-sided, {least}",
            { } value => $"p = {P(value)}, two-sided; {least} is {P(difference.PFloor!.Value)}",
        };
        return $"Difference of kappa, a - b: {difference.ToText()}{missing}; {p}.";
    }

    private static void WriteAsPublished(IAnsiConsole console, PairTests published)
    {
        var tests = Tables.Create(console, "as published", "#statistic", "#p (a > b)", "#p two-sided");
        var test = published.MannWhitney;
        var u = test.U.ToString("0.#", CultureInfo.InvariantCulture);
        tests.AddTextRow("U over pairs, asymptotic", u, P(test.AsymptoticGreater), P(test.AsymptoticTwoSided));
        if (test.ExactGreater is { } exact)
        {
            tests.AddTextRow("U over pairs, exact", u, P(exact), P(test.ExactTwoSided!.Value));
        }

        if (double.IsFinite(published.HedgesG))
        {
            tests.AddTextRow("Hedges' g over seeds", published.HedgesG.ToString("0.00", CultureInfo.InvariantCulture), "-", "-");
        }

        console.Write(tests);
        console.WriteLine($"As published: {published.Caution}.");
    }

    private static string P(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static Option<string[]> Folders(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "DIR",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
            Arity = ArgumentArity.OneOrMore,
        };
}
