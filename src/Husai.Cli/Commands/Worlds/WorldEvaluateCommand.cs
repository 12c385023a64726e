using System.CommandLine;
using Husai.Analysis.Statistics;
using Husai.Analysis.Worlds;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Storage;
using Husai.Cli.Commands.Analysis;
using Husai.Cli.Hosting;
using Husai.Formats.Files;
using Husai.Reporting.Worlds;

namespace Husai.Cli.Commands.Worlds;

/// <summary><c>husai world evaluate</c>.</summary>
internal sealed class WorldEvaluateCommand : HusaiCommand
{
    private const int UsualDraws = 4;
    private const int FewestSeeds = 3;

    private readonly SaeFolders _saes;
    private readonly KnownSamplesInput _samples;

    private readonly Option<int?> _draws = NumberOption.Create(
        "--chance-draws", $"Random decoders that chance levels are means over [default: {UsualDraws}]", 2, 100_000);

    private readonly Option<int?> _byBatch = NumberOption.Create(
        "--by-batch",
        "Evaluate as SynthSAEBench does SAEs that were trained to keep the N latents per sample that are largest over a batch: over 1,024 "
            + "samples, whatever their thresholds [default: each sample alone]",
        1, 1_000_000);

    private readonly Option<string?> _figures = new("--figures")
    {
        Description = "Folder to write figures to, each as a picture (.svg, .pdf) and its numbers (.csv): a row for each feature, and for "
            + "each parent and child",
        HelpName = "DIR",
    };

    private readonly Option<bool> _allowEqual = SaeArguments.AllowEqual();

    public WorldEvaluateCommand()
        : base(
            "evaluate", "Measure how well SAEs recover the features of a world, and compare that with chance",
            "husai world evaluate runs/saes/seed_1 runs/saes/seed_2 runs/saes/seed_3 --world configs/worlds/small_trees.yaml",
            "husai world evaluate runs/sae --dictionary directions.npy --features values.npy --bias bias.npy --json")
    {
        _saes = new SaeFolders(this, "SAE folders; three or more of one configuration give intervals over seeds");
        _samples = new KnownSamplesInput(this);
        _draws.Aliases.Add("--draws");
        Options.Add(_draws);
        Options.Add(_byBatch);
        Options.Add(_figures);
        Options.Add(_allowEqual);
    }

    public override int Run(CommandContext context)
    {
        var folders = _saes.Read(context);
        var figures = context.Get(_figures);
        if (figures is not null)
        {
            OutputFolder.RequireNothingElse(figures);
        }

        var saved = SaeArguments.LoadAll(folders, new DistinctSaes(context.Get(_allowEqual)), context.Cancellation);
        var largestOfBatch = context.Get(_byBatch);
        RequireChoice(folders, saved, largestOfBatch);
        using var samples = _samples.Open(context);
        foreach (var (folder, sae) in folders.Zip(saved))
        {
            samples.RequireFit(folder, sae);
            if (samples.AreThoseOf(sae))
            {
                context.Output.Note($"{folder} was trained on samples of this seed; --sample-seed takes another");
            }
        }

        var evaluations = Evaluate(context, saved, samples, largestOfBatch);
        var chance = Chance(
            context, evaluations.SelectMany(sae => (TruthRecovery?[])[sae.Whole.Recovery, sae.Alive]).OfType<TruthRecovery>(), samples);
        var documents = folders.Select((folder, index) => WorldEvaluationDocument.From(
            folder, saved[index], evaluations[index].Whole, evaluations[index].Alive, latents => chance[latents])).ToList();
        var intervals = Intervals(context, documents);
        if (figures is not null)
        {
            WorldFigures.Write(
                figures, [.. folders.Zip(evaluations, (folder, sae) => (folder, sae.Whole))],
                [.. documents.Select(sae => sae.Chance.FeatureCosine.Value)]);
            context.Output.Note($"figures: {figures}");
        }

        context.Output.Result(
            new Document(
                samples.Path, samples.Provenance?.WorldHash, samples.Provenance?.SampleSeed, samples.Rows, largestOfBatch, documents,
                intervals),
            console => WorldEvaluationTables.Write(console, documents, intervals));
        return ExitCode.Success;
    }

    private void RequireChoice(IReadOnlyList<string> folders, IReadOnlyList<SavedSae> saved, int? largestOfBatch)
    {
        if (largestOfBatch is not { } k)
        {
            return;
        }

        foreach (var (folder, sae) in folders.Zip(saved, (folder, saved) => (folder, saved.Sae)))
        {
            if (sae.Architecture is SaeArchitecture.MatchingPursuit or SaeArchitecture.Gated)
            {
                throw new BadInputException(
                    $"{folder} does not choose among pre-activations, so that {_byBatch.Name} says nothing of it; leave it out");
            }

            if (k > sae.Latents)
            {
                throw new BadInputException($"{_byBatch.Name} is {k}, but {folder} has {sae.Latents} latents");
            }
        }
    }

    // With all latents, and the matches of those that fire.
    private static List<(WorldEvaluation Whole, TruthRecovery? Alive)> Evaluate(
        CommandContext context, IReadOnlyList<SavedSae> saved, OpenSamples samples, int? largestOfBatch)
    {
        using var progress = context.Output.Progress("evaluating", (long)samples.Rows * saved.Count, unit: "rows");
        return [.. saved.Select((sae, index) => SaeArguments.Checked(() =>
        {
            var whole = WorldEvaluator.Evaluate(
                sae.Sae, samples.Known, samples.Rows, context.Workers, done => progress.Report((long)index * samples.Rows + done),
                largestOfBatch);
            return (whole, whole.RecoverAlive(sae.Sae.Decoder, samples.Known.Dictionary, context.Workers));
        }))];
    }

    // Of each number of latents, with the dead and without them: SAEs of one shape have the same levels.
    private Dictionary<int, RecoveryChance> Chance(
        CommandContext context, IEnumerable<TruthRecovery> recoveries, OpenSamples samples)
    {
        var draws = context.Get(_draws) ?? UsualDraws;
        List<int> sizes = [.. recoveries.Select(recovery => recovery.BestMatches.Count).Distinct()];
        using var progress = context.Output.Progress("chance levels", (long)draws * sizes.Count, unit: "draws");
        return sizes.Index().ToDictionary(size => size.Item, size => RecoveryChance.Draw(
            size.Item, samples.Known.Dictionary, draws, seed: 0, context.Workers,
            done => progress.Report((long)size.Index * draws + done)));
    }

    private static Dictionary<string, Interval>? Intervals(CommandContext context, List<WorldEvaluationDocument> documents)
    {
        if (documents.Count < FewestSeeds)
        {
            return null;
        }

        if (documents.DistinctBy(sae => (sae.Architecture, sae.Latents)).Skip(1).Any())
        {
            context.Output.Note("there are no intervals over seeds: the SAEs differ in architecture or number of latents");
            return null;
        }

        return WorldEvaluationDocument.Metrics.ToDictionary(
            metric => metric.Name, metric => Jackknife.OfMean([.. documents.Select(metric.Value)]));
    }

    private sealed record Document(
        string Samples, string? WorldHash, long? SampleSeed, int Rows, int? ByBatch, IReadOnlyList<WorldEvaluationDocument> Saes,
        IReadOnlyDictionary<string, Interval>? Intervals);
}
