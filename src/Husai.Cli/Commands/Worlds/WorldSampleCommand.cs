using System.CommandLine;
using System.Globalization;
using Husai.Cli.Hosting;
using Husai.Cli.Output;
using Husai.Formats.Activations;
using Husai.Formats.Files;
using Husai.Formats.Numpy;
using Husai.Numerics.Matrices;
using Husai.Worlds.Sampling;

namespace Husai.Cli.Commands.Worlds;

/// <summary><c>husai world sample</c>.</summary>
internal sealed class WorldSampleCommand : HusaiCommand
{
    // With the values of many features, a few megabytes are drawn and written at once.
    private const int MostRowsAtOnce = 1024;
    private const int ValuesAtOnce = 1 << 21;
    private readonly Argument<string> _world = WorldInput.Argument();
    private readonly Option<int?> _rows = NumberOption.Create("--rows", "Samples to draw", 1, int.MaxValue);

    private readonly Option<string> _file = new("--output")
    {
        Description = "File to write the samples to, .npy of 32-bit floats [rows, width]",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<string?> _features = new("--features")
    {
        Description = "File to write the values of the features to, .npy of 32-bit floats [rows, features]",
        HelpName = "FILE",
    };

    private readonly Option<int?> _start = NumberOption.Create("--start", "Index of the first sample [default: 0]", 0, int.MaxValue);

    private readonly Option<long?> _seed = NumberOption.Create(
        "--sample-seed", $"Seed of the samples [default: {WorldInput.TrainingSeed}]", 0, long.MaxValue);

    public WorldSampleCommand()
        : base(
            "sample", "Draw samples of a world; a sample depends on the seed and its index alone",
            "husai world sample configs/worlds/small_trees.yaml --rows 10000 --output runs/samples.npy",
            "husai world sample configs/worlds/small_trees.yaml --start 5000 --rows 10 --output some.npy --features features.npy")
    {
        _rows.Required = true;
        Arguments.Add(_world);
        Options.Add(_rows);
        Options.Add(_file);
        Options.Add(_features);
        Options.Add(_start);
        _seed.Aliases.Add("--seed");
        Options.Add(_seed);
    }

    // Files that are not finished are taken away.
    public override bool SavesWhenInterrupted => true;

    public override int Run(CommandContext context)
    {
        var (rows, start) = (context.Get(_rows)!.Value, context.Get(_start) ?? 0);
        if (rows > int.MaxValue - start)
        {
            throw new BadInputException($"{_start.Name} {start} and {_rows.Name} {rows} go beyond the last index, {int.MaxValue - 1}");
        }

        var (file, features) = (context.Get(_file), context.Get(_features));
        RequireFiles(file, features);
        var input = WorldInput.Open(context, context.Get(_world));
        RequireReplaceable(file, input.World.Width);
        if (features is not null)
        {
            RequireReplaceable(features, input.World.Features);
        }

        var seed = context.Get(_seed) ?? WorldInput.TrainingSeed;
        var sampler = new WorldSampler(input.World, (ulong)seed);
        using (FolderLocks.OfFile(file))
        using (features is null || FolderOf(features) == FolderOf(file) ? null : FolderLocks.OfFile(features))
        {
            NumpyFile.WriteRows(file, rows, input.World.Width, samples =>
            {
                if (features is null)
                {
                    Write(context, sampler, start, rows, samples, null);
                    return;
                }

                NumpyFile.WriteRows(
                    features, rows, input.World.Features, values => Write(context, sampler, start, rows, samples, values));
            });
        }

        var document = new Document(file, features, rows, input.World.Width, input.World.Features, start, seed, input.Hash);
        context.Output.Result(document, console =>
        {
            var table = Tables.Create(console, "samples", file);
            table.AddTextRow("shape", $"[{rows}, {document.Width}]");
            if (features is not null)
            {
                table.AddTextRow("features", features);
                table.AddTextRow("shape", $"[{rows}, {document.Features}]");
            }

            table.AddTextRow("first index", start.ToString(CultureInfo.InvariantCulture));
            table.AddTextRow("seed", seed.ToString(CultureInfo.InvariantCulture));
            table.AddTextRow("world", document.WorldHash);
            console.Write(table);
        });
        return ExitCode.Success;
    }

    private static void Write(
        CommandContext context, WorldSampler sampler, int start, int rows, NumpyRowWriter samples, NumpyRowWriter? features)
    {
        var world = sampler.World;
        var atOnce = features is null ? MostRowsAtOnce : Math.Clamp(ValuesAtOnce / world.Features, 1, MostRowsAtOnce);
        using var progress = context.Output.Progress("drawing", rows, unit: "rows");
        for (var done = 0; done < rows;)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(atOnce, rows - done);
            var (hidden, values) = (new Matrix(count, world.Width), features is null ? null : new Matrix(count, world.Features));
            Draw(context, sampler, start + done, hidden, values);
            samples.Append(hidden);
            if (values is not null)
            {
                features!.Append(values);
            }

            done += count;
            progress.Report(done);
        }
    }

    private static void Draw(CommandContext context, WorldSampler sampler, int first, Matrix hidden, Matrix? values) => sampler.Visit(
        [.. Enumerable.Range(first, hidden.Rows)],
        (position, features, magnitudes, _) =>
        {
            sampler.Combine(features, magnitudes, hidden.Row(position));
            for (var index = 0; values is not null && index < features.Length; index++)
            {
                values[position, features[index]] = magnitudes[index];
            }
        },
        context.Workers);

    // Before the world is made, which may take minutes.
    private void RequireFiles(string file, string? features)
    {
        foreach (var path in features is null ? (string[])[file] : [file, features])
        {
            OutputFile.RequireFile(path);
            if (!Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase))
            {
                throw new BadInputException($"{path} has the extension '{Path.GetExtension(path)}'; samples are written as .npy");
            }
        }

        if (features is not null && Path.GetFullPath(features) == Path.GetFullPath(file))
        {
            throw new BadInputException($"{_file.Name} and {_features.Name} both name {file}: they need a file each");
        }
    }

    private static void RequireReplaceable(string path, int width) =>
        OutputFile.RequireReplaceable(path, $"an array of rows of {width} values", existing =>
        {
            using var rows = ActivationFile.TryOpen(existing);
            return rows?.Width == width;
        });

    private static string? FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path));

    private sealed record Document(
        string Output, string? FeaturesOutput, int Rows, int Width, int Features, int Start, long Seed, string WorldHash);
}
