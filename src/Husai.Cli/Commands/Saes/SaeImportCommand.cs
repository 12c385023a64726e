using System.CommandLine;
using Husai.Autoencoders.Interop;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Storage;
using Husai.Cli.Hosting;
using Husai.Cli.Output;
using Husai.Formats.Files;

namespace Husai.Cli.Commands.Saes;

/// <summary><c>husai sae import</c>.</summary>
internal sealed class SaeImportCommand : HusaiCommand
{
    private const string Auto = "auto";
    private readonly Argument<string> _path = new("path") { Description = "SAE folder of another library, or the file with its weights" };
    private readonly Option<string> _from = new("--from") { Description = "Layout to read", DefaultValueFactory = _ => Auto };
    private readonly Option<string> _folder = new("--output")
    {
        Description = "Folder to write, in the layout of SAELens 6",
        HelpName = "DIR",
        Required = true,
    };

    public SaeImportCommand()
        : base(
            "import", "Convert an SAE of another library; all commands also read such SAEs directly",
            "husai sae import dictionaries/trainer_0 --output saes/pythia_l3",
            "husai sae import layer_20/width_16k/average_l0_71/params.npz --from gemma_scope --output saes/gemma_l20")
    {
        _from.AcceptOnly([Auto, .. SaeLayouts.Names]);
        Arguments.Add(_path);
        Options.Add(_from);
        Options.Add(_folder);
    }

    public override int Run(CommandContext context)
    {
        var (path, from, folder) = (context.Get(_path), context.Get(_from), context.Get(_folder));
        var found = from != Auto ? new SaeLocation(SaeLayouts.Parse(from), path) : SaeLayouts.Locate(path);
        SaeExport.RequireFree(folder, SaeExportTarget.SaeLens);
        var saved = SaeImport.Read(found);
        OutputFolder.RequireOtherThan(folder, path);
        using var locks = FolderLocks.Take(folder);
        SaeExport.Write(folder, saved, SaeExportTarget.SaeLens);
        var document = new Document(
            folder, SaeLayouts.NameOf(found.Layout), saved.Sae.Architecture, saved.TrainingArchitecture, saved.Sae.Width,
            saved.Sae.Latents, SaeFolder.WeightsHash(saved.Sae));
        context.Output.Result(document, console =>
        {
            var table = Tables.Create(console, "", "");
            table.AddTextRow("imported from", document.From).AddTextRow("written to", document.Sae);
            table.AddTextRow("architecture", document.Architecture.ToString()).AddTextRow("trained as", document.TrainingArchitecture);
            table.AddTextRow("width, latents", $"{document.Width}, {document.Latents}").AddTextRow("weights", document.WeightsHash);
            console.Write(table);
        });
        return ExitCode.Success;
    }

    private sealed record Document(
        string Sae, string From, SaeArchitecture Architecture, string TrainingArchitecture, int Width, int Latents,
        string WeightsHash);
}
