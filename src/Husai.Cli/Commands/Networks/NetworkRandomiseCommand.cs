using System.CommandLine;
using System.Globalization;
using Husai.Cli.Hosting;
using Husai.Cli.Output;
using Husai.Formats.Files;
using Husai.Networks.Onnx;
using Husai.Networks.Randomisation;

namespace Husai.Cli.Commands.Networks;

/// <summary><c>husai network randomise</c>.</summary>
internal sealed class NetworkRandomiseCommand : HusaiCommand
{
    private readonly Option<string?> _model = NetworkArguments.Model("Network in an ONNX file", required: true);
    private readonly Option<long?> _seed = NumberOption.Create("--seed", "Seed of the permutations [default: 0]", 0, long.MaxValue);

    private readonly Option<string[]> _keep = new("--keep")
    {
        Description = "Weights that stay as they are: embeddings, norms",
        HelpName = "KIND",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string> _output = new("--output")
    {
        Description = "ONNX file to write",
        HelpName = "FILE",
        Required = true,
    };

    public NetworkRandomiseCommand()
        : base(
            "randomise", "Write a copy of a network whose weights are permuted, each within its tensor: a network that has learnt nothing",
            "husai network randomise --model models/minilm/model.onnx --seed 1 --output models/minilm/random.onnx")
    {
        _keep.AcceptOnly("embeddings", "norms");
        Options.Add(_model);
        Options.Add(_seed);
        Options.Add(_keep);
        Options.Add(_output);
    }

    public override int Run(CommandContext context)
    {
        var (path, output) = (context.Get(_model)!, context.Get(_output));
        OutputFolder.RequireOtherThan(output, path);
        OutputFile.RequireReplaceable(output, "a network", existing => OnnxFile.Read(existing).Hash.Length > 0);
        var file = OnnxFile.Read(path);
        var kept = (context.Get(_keep) ?? []).Aggregate(
            KeptWeights.None, (all, kind) => all | Enum.Parse<KeptWeights>(kind, ignoreCase: true));
        var seed = context.Get(_seed) ?? 0;
        var model = NetworkRandomiser.Randomise(file, (ulong)seed, kept, out var permuted);
        using (FolderLocks.OfFile(output))
        {
            AtomicFile.Write(output, stream => stream.Write(model));
        }

        var document = new Document(output, seed, permuted, OnnxFile.Read(output).Hash);
        context.Output.Result(document, console =>
        {
            var table = Tables.Create(console, "network", output);
            table.AddTextRow("permuted tensors", permuted.ToString(CultureInfo.InvariantCulture));
            table.AddTextRow("seed", seed.ToString(CultureInfo.InvariantCulture));
            table.AddTextRow("hash", document.ModelHash);
            console.Write(table);
        });
        return ExitCode.Success;
    }

    private sealed record Document(string Output, long Seed, int PermutedTensors, string ModelHash);
}
