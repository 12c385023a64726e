using System.CommandLine;
using Husai.Autoencoders.Interop;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Storage;
using Husai.Cli.Commands.Analysis;
using Husai.Cli.Hosting;
using Husai.Cli.Output;
using Husai.Formats.Files;

namespace Husai.Cli.Commands.Saes;

/// <summary><c>husai sae export</c>.</summary>
internal sealed class SaeExportCommand : HusaiCommand
{
    private static readonly Dictionary<string, SaeExportTarget> Targets = new()
    {
        ["saelens"] = SaeExportTarget.SaeLens,
        ["sparsify"] = SaeExportTarget.Sparsify,
        ["dictionary_learning"] = SaeExportTarget.DictionaryLearning,
        ["npz"] = SaeExportTarget.Npz,
    };

    private readonly SaeFolders _saes;
    private readonly Option<string> _to = new("--to")
    {
        Description = "Layout to write; npz is one file with the names of Gemma Scope",
        Required = true,
    };
    private readonly Option<string> _path = new("--output")
    {
        Description = "Folder to write; with npz the file NAME.npz",
        HelpName = "PATH",
        Required = true,
    };

    public SaeExportCommand()
        : base(
            "export", "Convert an SAE for another library",
            "husai sae export runs/sae/topk_8x_k32/seed_42 --to dictionary_learning --output export/trainer_0")
    {
        _to.AcceptOnly([.. Targets.Keys]);
        _saes = new SaeFolders(this, "SAE folder", most: 1);
        Options.Add(_to);
        Options.Add(_path);
    }

    public override int Run(CommandContext context)
    {
        var (sae, to, path) = (_saes.Read(context)[0], context.Get(_to), context.Get(_path));
        var saved = SaeFolder.Load(sae);
        SaeExport.RequireFree(path, Targets[to]);
        OutputFolder.RequireOtherThan(path, sae);
        using IDisposable locks = Targets[to] == SaeExportTarget.Npz ? FolderLocks.OfFile(path) : FolderLocks.Take(path);
        try
        {
            SaeExport.Write(path, saved, Targets[to]);
        }
        catch (NotSupportedException error)
        {
            throw new BadInputException($"{sae}: cannot be written as {to}: {error.Message}");
        }

        var document = new Document(sae, to, path, saved.Sae.Architecture, SaeFolder.WeightsHash(saved.Sae));
        context.Output.Result(document, console => console.Write(
            Tables.Create(console, "", "").AddTextRow("SAE", sae).AddTextRow($"written as {to}", path)));
        return ExitCode.Success;
    }

    private sealed record Document(string Sae, string To, string Output, SaeArchitecture Architecture, string WeightsHash);
}
