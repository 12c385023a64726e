using System.CommandLine;
using System.Globalization;
using Husai.Analysis.Worlds;
using Husai.Cli.Commands.Analysis;
using Husai.Cli.Hosting;
using Husai.Cli.Output;
using Husai.Numerics.Kernels;
using Husai.Worlds.Expectations;
using Husai.Worlds.Model;
using Spectre.Console;

namespace Husai.Cli.Commands.Worlds;

/// <summary><c>husai world info</c>.</summary>
internal sealed class WorldInfoCommand : HusaiCommand
{
    private readonly Argument<string> _world = WorldInput.Argument();

    public WorldInfoCommand()
        : base(
            "info", "Describe a world: how many features a sample has, and how far their directions overlap",
            "husai world info configs/worlds/small_trees.yaml") => Arguments.Add(_world);

    public override int Run(CommandContext context)
    {
        var input = WorldInput.Open(context, context.Get(_world));
        var world = input.World;
        var rates = ExactRates.Find(world);
        var sorted = rates.Order().ToArray();
        var document = new Document(
            input.Path, input.Hash, input.Options.Seed, world.Features, world.Width, rates.Sum(), world.Correlation is null,
            ByDepth(world, rates), new RateRange(sorted[^1], sorted[sorted.Length / 2], sorted[0]),
            new Superposition(world.Features / (double)world.Width, Overlap(context, world)),
            world.Correlation?.RootMeanSquareCorrelation() ?? 0, Math.Sqrt(Reductions.SumOfSquares(world.Bias)));
        context.Output.Result(document, console => Show(console, document));
        return ExitCode.Success;
    }

    private static List<DepthRates> ByDepth(World world, double[] rates) =>
        [.. Enumerable.Range(0, world.Features).GroupBy(feature => world.Trees.Depths[feature]).OrderBy(group => group.Key)
            .Select(group => new DepthRates(group.Key, group.Count(), group.Sum(feature => rates[feature])))];

    private static DictionaryOverlap? Overlap(CommandContext context, World world)
    {
        if (world.Features < 2)
        {
            return null;
        }

        using var progress = context.Output.Progress("comparing directions", world.Features, unit: "features");
        return DictionaryOverlap.Measure(world.Dictionary, context.Workers, done => progress.Report(done));
    }

    private static void Show(IAnsiConsole console, Document document)
    {
        var table = Tables.Create(console, "world", document.World);
        table.AddTextRow("hash", document.WorldHash);
        table.AddTextRow("seed", document.Seed.ToString(CultureInfo.InvariantCulture));
        table.AddTextRow("features, width", $"{document.Features}, {document.Width}");
        table.AddTextRow("features per dimension", Number(document.Superposition.FeaturesPerDimension));
        if (document.Superposition.AbsoluteCosines is { } cosines)
        {
            table.AddTextRow("abs cosine, mean", Number(cosines.Mean));
            table.AddTextRow("abs cosine, mean of each feature's largest", Number(cosines.MeanMaximum));
            table.AddTextRow("abs cosine, largest", Number(cosines.Maximum));
        }

        table.AddTextRow("norm of the bias", Number(document.BiasNorm));
        table.AddTextRow("correlation, root mean square", Number(document.RmsCorrelation));
        table.AddTextRow(
            "rates", $"{Number(document.Rates.Smallest)} to {Number(document.Rates.Largest)}, median {Number(document.Rates.Median)}");
        table.AddTextRow("expected L0", Number(document.ExpectedL0));
        console.Write(table);
        var depths = Tables.Create(console, "depth", "#features", "#expected L0");
        foreach (var depth in document.ByDepth)
        {
            depths.AddTextRow($"{depth.Depth}", $"{depth.Features}", Number(depth.ExpectedL0));
        }

        console.Write(depths);
        Explanation.Write(
            console,
            "Rate: share of the samples on which a feature fires; expected L0: sum of rates, the mean number of features of a sample. "
                + (document.RatesAreExact
                    ? "Both are exact."
                    : "Both are those of independent features: shared factors move them a little."));
    }

    private static string Number(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    private sealed record Document(
        string World, string WorldHash, long Seed, int Features, int Width, double ExpectedL0, bool RatesAreExact,
        IReadOnlyList<DepthRates> ByDepth, RateRange Rates, Superposition Superposition, double RmsCorrelation, double BiasNorm);

    private sealed record DepthRates(int Depth, int Features, double ExpectedL0);

    private sealed record RateRange(double Largest, double Median, double Smallest);

    private sealed record Superposition(double FeaturesPerDimension, DictionaryOverlap? AbsoluteCosines);
}
