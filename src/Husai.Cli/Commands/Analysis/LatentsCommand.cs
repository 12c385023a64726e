using System.CommandLine;
using System.Globalization;
using Husai.Analysis.Latents;
using Husai.Autoencoders.Storage;
using Husai.Cli.Hosting;
using Husai.Cli.Output;
using Husai.Experiments.Latents;
using Husai.Experiments.Saes;
using Husai.Networks.Text;
using Spectre.Console;

namespace Husai.Cli.Commands.Analysis;

/// <summary><c>husai latents</c>.</summary>
internal sealed class LatentsCommand : HusaiCommand
{
    private const int ShownLatents = 10;
    private const int ShownTokens = 6;
    private const int MostExcerpts = 1000;
    private const int MostContext = 1000;
    private static readonly LatentProfileOptions Usual = new();

    private readonly SaeFolders _sae;

    private readonly Option<string> _store = new("--store")
    {
        Description = "Activations to run the SAE on: a store, whose tokens are shown, or a file of [rows, width] floats: .npy or "
            + ".safetensors (may be larger than memory), .npz or .pt",
        HelpName = "PATH",
        Required = true,
    };

    private readonly Option<string?> _latents = new("--latents")
    {
        Description = "Latents to look at, such as 0,5,10-20 [default: all]",
        HelpName = "LIST",
    };

    private readonly Option<int?> _top = NumberOption.Create(
        "--top", $"Excerpts with the largest activations, each of another document [default: {Usual.Top}]", 0, MostExcerpts);

    private readonly Option<int?> _samples = NumberOption.Create(
        "--samples", $"Excerpts from quantiles of the activations [default: {Usual.Samples}]", 0, MostExcerpts);

    private readonly Option<int?> _context = NumberOption.Create(
        "--context", $"Tokens on each side of an excerpt's own [default: {Usual.Context}]", 0, MostContext);

    private readonly Option<long?> _seed = NumberOption.Create("--seed", "Seed of the samples [default: 0]", 0, long.MaxValue);

    private readonly Option<string?> _tokenizer = new("--tokenizer")
    {
        Description = "Tokenizer that the token ids of the store are of, where the store has no texts",
        HelpName = "FILE",
    };

    private readonly Option<string?> _output = new("--output")
    {
        Description = "Folder to write to [default: latents in the folder of the SAE]",
        HelpName = "DIR",
    };

    private readonly Option<bool> _force = new("--force") { Description = "Replace what an earlier call wrote to the folder" };

    public LatentsCommand()
        : base(
            "latents", "Show what each latent of an SAE fires on",
            "husai latents runs/saes/seed_1 --store runs/store",
            "husai latents runs/saes/seed_1 --store runs/store --latents 0,5,10-20 --top 20 --output runs/some_latents")
    {
        _sae = new SaeFolders(this, "SAE folder", most: 1);
        _store.Aliases.Add("--activations");
        Option[] own = [_store, _latents, _top, _samples, _context, _seed, _tokenizer, _output, _force];
        foreach (var option in own)
        {
            Options.Add(option);
        }
    }

    // A file that is not finished is taken away.
    public override bool SavesWhenInterrupted => true;

    public override int Run(CommandContext context)
    {
        var (folder, store) = (_sae.Read(context)[0], context.Get(_store));
        var saved = SaeFolder.Load(folder);
        var latents = LatentList.Parse(context.Get(_latents), saved.Sae.Latents, _latents.Name);
        var output = OutputOf(context, folder);
        LatentFolderWriter.RequireFree(output, context.Get(_force));
        using var activations = ProfiledActivations.Open(store);
        RequireFit(folder, saved, store, activations);
        if (context.Get(_tokenizer) is { } path)
        {
            var tokenizer = TextTokenizer.Read(path);
            activations.UseTokenizer(path, tokenizer.Method, tokenizer.Hash, tokenizer.Vocabulary);
        }

        var options = new LatentProfileOptions
        {
            Top = context.Get(_top) ?? Usual.Top,
            Samples = context.Get(_samples) ?? Usual.Samples,
            Context = context.Get(_context) ?? Usual.Context,
            Seed = (ulong)(context.Get(_seed) ?? 0),
        };
        using var locks = FolderLocks.Take(output);
        var profiles = Measure(context, saved, activations, latents, options);
        var index = activations.IndexFor(SaeFolder.WeightsHash(saved.Sae), saved.Sae.Latents, options);
        LatentFolderWriter.Write(output, index, profiles, context.Cancellation);
        Show(context, output, index, profiles);
        return ExitCode.Success;
    }

    private static IReadOnlyList<LatentProfile> Measure(
        CommandContext context, SavedSae saved, ProfiledActivations activations, int[] latents, LatentProfileOptions options)
    {
        using var progress = context.Output.Stages();
        var profiles = LatentProfiler.Measure(
            saved.Sae, activations.Rows, latents, options, context.Workers, progress.Report, context.Cancellation);
        return [.. profiles.Select(activations.Describe)];
    }

    private static void RequireFit(string folder, SavedSae saved, string store, ProfiledActivations activations)
    {
        var rows = activations.Rows;
        if (rows.Rows == 0)
        {
            throw new BadInputException($"{store}: there are no rows to run the SAE on");
        }

        if (rows.Width != saved.Sae.Width)
        {
            throw new BadInputException(
                $"{folder} takes rows of width {saved.Sae.Width}, but the activations are [{rows.Rows}, {rows.Width}]");
        }

        if (saved.Provenance.DifferenceTo(TransformerSite.ProvenanceOf(store)) is { } difference)
        {
            throw new BadInputException($"{folder} was trained on other activations than {store} holds: {difference}");
        }
    }

    private string OutputOf(CommandContext context, string folder) =>
        context.Get(_output) ?? (Directory.Exists(folder)
            ? Path.Combine(folder, LatentFolder.UsualName)
            : throw new BadInputException($"{folder} is a file: name a folder to write to with {_output.Name} {_output.HelpName}"));

    private static void Show(CommandContext context, string output, LatentIndex index, IReadOnlyList<LatentProfile> profiles)
    {
        var active = profiles.OrderByDescending(profile => profile.FiringFrequency * profile.MeanActivation)
            .ThenBy(profile => profile.Latent).Where(profile => profile.Firings > 0).Take(ShownLatents).ToArray();
        var silent = profiles.Count(profile => profile.Firings == 0);
        var document = new Document(
            output, index.SaeHash, index.ActivationsHash, index.Rows, profiles.Count, silent,
            [.. active.Select(profile => new Row(
                profile.Latent, profile.FiringFrequency, profile.MeanActivation, profile.LargestActivation,
                profile.Top is [var best, ..] ? ExcerptText.Of(best, index.Tokenizer, ShownTokens) : null))]);
        context.Output.Result(document, console =>
        {
            console.Write(Tables.Create(console, "latents", output)
                .AddTextRow("rows", index.Rows.ToString(CultureInfo.InvariantCulture))
                .AddTextRow("latents", profiles.Count.ToString(CultureInfo.InvariantCulture))
                .AddTextRow("never fire", silent.ToString(CultureInfo.InvariantCulture)));
            var table = Tables.Create(console, "#latent", "#fires on", "#mean", "#largest", "largest on");
            foreach (var row in document.MostActive)
            {
                table.AddTextRow(
                    row.Latent.ToString(CultureInfo.InvariantCulture), row.FiringFrequency.ToString("P2", CultureInfo.InvariantCulture),
                    row.MeanActivation.ToString("0.000", CultureInfo.InvariantCulture),
                    row.LargestActivation.ToString("0.000", CultureInfo.InvariantCulture), row.Excerpt ?? "");
            }

            console.Write(table);
        });
    }

    private sealed record Document(
        string Output, string SaeHash, string ActivationsHash, long Rows, int Latents, int Silent, IReadOnlyList<Row> MostActive);

    private sealed record Row(int Latent, double FiringFrequency, double MeanActivation, float LargestActivation, string? Excerpt);
}
