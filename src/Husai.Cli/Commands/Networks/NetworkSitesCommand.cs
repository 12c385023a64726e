using System.CommandLine;
using System.Globalization;
using Husai.Cli.Hosting;
using Husai.Cli.Output;
using Husai.Networks.Onnx;
using Husai.Networks.Sites;

namespace Husai.Cli.Commands.Networks;

/// <summary><c>husai network sites</c>.</summary>
internal sealed class NetworkSitesCommand : HusaiCommand
{
    private readonly Option<string?> _model = NetworkArguments.Model("Network in an ONNX file", required: true);

    private readonly Option<bool> _all = new("--all")
    {
        Description = "Show also the tensors of which nothing tells what they are; --json always has them",
    };

    public NetworkSitesCommand()
        : base(
            "sites", "List the tensors of a network that have a row for each token",
            "husai network sites --model models/minilm/model.onnx", "husai network sites --model models/minilm/model.onnx --json")
    {
        Options.Add(_model);
        Options.Add(_all);
    }

    public override int Run(CommandContext context)
    {
        var file = OnnxFile.Read(context.Get(_model)!);
        var sites = NetworkSites.Find(file, GlobalOptions.ThreadCount(context.Values));
        context.Output.Result(new Document(file.Path, file.Hash, sites), console =>
        {
            var table = Tables.Create(console, "site", "#layer", "kind", "#width", "tensor");
            var isAll = context.Get(_all) || sites.All(site => site.Alias is null);
            foreach (var site in sites.Where(site => isAll || site.Alias is not null))
            {
                table.AddTextRow(
                    site.Alias ?? "", site.Layer?.ToString(CultureInfo.InvariantCulture) ?? "", SiteNames.Of(site.Kind),
                    site.Width.ToString(CultureInfo.InvariantCulture), site.Name);
            }

            console.Write(table);
        });
        return ExitCode.Success;
    }

    private sealed record Document(string Model, string ModelHash, IReadOnlyList<NetworkSite> Sites);
}
