using System.CommandLine;
using Husai.Analysis.Statistics;
using Husai.Analysis.Worlds;
using Husai.Autoencoders.Storage;
using Husai.Cli.Commands.Analysis;
using Husai.Cli.Hosting;

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
        Options.Add(_allowEqual);
    }

    public override int Run(CommandContext context)
    {
        var folders = _saes.Read(context);
        var saved = SaeArguments.LoadAll(folders, new DistinctSaes(context.Get(_allowEqual)), context.Cancellation);
        using var samples = _samples.Open(context);
        foreach (var (folder, sae) in folders.Zip(saved))
        {
            samples.RequireFit(folder, sae);
            if (samples.AreThoseOf(sae))
            {
                context.Output.Note($"{folder} was trained on samples of this seed; --sample-seed takes another");
            }
        }

        var evaluations = Evaluate(context, saved, samples);
        var chance = Chance(context, saved, samples);
        var documents = folders.Select((folder, index) => WorldEvaluationDocument.From(
            folder, saved[index], evaluations[index], chance[saved[index].Sae.Latents])).ToList();
        var intervals = Intervals(context, documents);
        context.Output.Result(
            new Document(samples.Path, samples.Provenance?.WorldHash, samples.Provenance?.SampleSeed, samples.Rows, documents, intervals),
            console => WorldEvaluationTables.Write(console, documents, intervals));
        return ExitCode.Success;
    }

    private static List<WorldEvaluation> Evaluate(CommandContext context, IReadOnlyList<SavedSae> saved, OpenSamples samples)
    {
        using var progress = context.Output.Progress("evaluating", (long)samples.Rows * saved.Count, unit: "rows");
        return [.. saved.Select((sae, index) => SaeArguments.Checked(() => WorldEvaluator.Evaluate(
            sae.Sae, samples.Known, samples.Rows, context.Workers,
            done => progress.Report((long)index * samples.Rows + done))))];
    }

    // Of each number of latents: SAEs of one shape have the same levels.
    private Dictionary<int, RecoveryChance> Chance(CommandContext context, IReadOnlyList<SavedSae> saved, OpenSamples samples)
    {
        var draws = context.Get(_draws) ?? UsualDraws;
        List<int> sizes = [.. saved.Select(sae => sae.Sae.Latents).Distinct()];
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
        string Samples, string? WorldHash, long? SampleSeed, int Rows, IReadOnlyList<WorldEvaluationDocument> Saes,
        IReadOnlyDictionary<string, Interval>? Intervals);
}
