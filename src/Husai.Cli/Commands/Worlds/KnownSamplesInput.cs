using System.CommandLine;
using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Storage;
using Husai.Cli.Commands.Analysis;
using Husai.Cli.Hosting;
using Husai.Experiments.Saes;
using Husai.Formats.Files;
using Husai.Formats.Numpy;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Worlds.Sampling;

namespace Husai.Cli.Commands.Worlds;

/// <summary>The options that say on which samples SAEs are evaluated: those of a world, or files of directions and values.</summary>
internal sealed class KnownSamplesInput
{
    private const int UsualRows = 100_000;
    private readonly Option<string?> _world = WorldInput.Option("Synthetic world in YAML to evaluate on");

    private readonly Option<string?> _dictionary = new("--dictionary")
    {
        Description = "Directions of the features, .npy of floats [features, width]",
        HelpName = "FILE",
    };

    private readonly Option<string?> _features = new("--features")
    {
        Description = "Values of the features on samples, .npy of floats [rows, features]; 0 where a feature does not fire",
        HelpName = "FILE",
    };

    private readonly Option<string?> _bias = new("--bias")
    {
        Description = "Added to every sample, .npy of floats [width] [default: nothing]",
        HelpName = "FILE",
    };

    private readonly Option<int?> _rows = NumberOption.Create(
        "--rows", $"Samples to evaluate on [default: {UsualRows} of a world, all of a file]", 1, int.MaxValue);

    private readonly Option<long?> _seed = NumberOption.Create(
        "--sample-seed", $"Seed of the world's samples; training takes {WorldInput.TrainingSeed} [default: {WorldInput.EvaluationSeed}]", 0,
        long.MaxValue);

    /// <summary>Adds the options to a command.</summary>
    public KnownSamplesInput(Command command)
    {
        command.Options.Add(_world);
        command.Options.Add(_rows);
        _seed.Aliases.Add("--seed");
        command.Options.Add(_seed);
        command.Options.Add(_dictionary);
        command.Options.Add(_features);
        command.Options.Add(_bias);
        command.RequireOneOf(_world, _dictionary);
        command.RequireWith(_seed, _world);
        command.RequireWith(_dictionary, _features);
        command.RequireWith(_features, _dictionary);
        command.RequireWith(_bias, _dictionary);
    }

    /// <summary>Opens the samples.</summary>
    public OpenSamples Open(CommandContext context)
    {
        if (context.Get(_world) is { } path)
        {
            var input = WorldInput.Open(context, path);
            var seed = context.Get(_seed) ?? WorldInput.EvaluationSeed;
            return new OpenSamples(
                path, new WorldSampler(input.World, (ulong)seed), context.Get(_rows) ?? UsualRows, input.Provenance(seed), null);
        }

        var dictionary = ReadFinite(context.Get(_dictionary)!);
        var bias = context.Get(_bias) is { } file ? NumpyFile.Read(file).ToSingles() : [];
        if (FiniteValues.IndexOfNotFinite(bias) is >= 0 and var index)
        {
            throw new InvalidFileException(context.Get(_bias)!, $"holds {bias[index]} at {index}: only finite values can be used");
        }

        var features = context.Get(_features)!;
        var values = ActivationSources.Open(features);
        try
        {
            var samples = SaeArguments.Checked(() => new StoredSamples(dictionary, values, bias));
            var rows = context.Get(_rows) ?? samples.Rows;
            return rows <= samples.Rows && samples.Rows > 0
                ? new OpenSamples(features, samples, rows, null, values)
                : throw new BadInputException($"{features} holds {samples.Rows} rows where {Math.Max(1, rows)} are to be evaluated on");
        }
        catch
        {
            values.Dispose();
            throw;
        }
    }

    private static Matrix ReadFinite(string path)
    {
        var matrix = NumpyFile.Read(path).ToMatrix();
        for (var row = 0; row < matrix.Rows; row++)
        {
            if (FiniteValues.IndexOfNotFinite(matrix.Row(row)) is >= 0 and var column)
            {
                throw new InvalidFileException(
                    path, $"holds {matrix[row, column]} in row {row}, column {column}: only finite values can be used");
            }
        }

        return matrix;
    }
}

/// <summary>Samples ready for use.</summary>
/// <param name="Path">The file that they come from.</param>
/// <param name="Known">The samples.</param>
/// <param name="Rows">How many of them to use.</param>
/// <param name="Provenance">The world and the seed; null for files.</param>
/// <param name="File">What to close.</param>
internal sealed record OpenSamples(string Path, IKnownSamples Known, int Rows, Provenance? Provenance, IDisposable? File) : IDisposable
{
    /// <summary>Makes sure that an SAE can be evaluated on the samples.</summary>
    /// <param name="folder">Where the SAE is.</param>
    /// <param name="saved">The SAE.</param>
    /// <exception cref="BadInputException">It takes rows of another width, or was trained on another world.</exception>
    public void RequireFit(string folder, SavedSae saved)
    {
        if (saved.Sae.Width != Known.Dictionary.Columns)
        {
            throw new BadInputException(
                $"{folder} takes rows of width {saved.Sae.Width}, but the samples of {Path} have {Known.Dictionary.Columns}");
        }

        if (Provenance is { WorldHash: { } hash } && saved.Provenance.WorldHash is { } trained && trained != hash)
        {
            throw new BadInputException($"{folder} was trained on another world (hash {trained[..12]}) than {Path} makes ({hash[..12]})");
        }
    }

    /// <summary>Whether the samples are those that an SAE was trained on.</summary>
    public bool AreThoseOf(SavedSae saved) =>
        Provenance is { SampleSeed: { } seed } && saved.Provenance.WorldHash is not null && saved.Provenance.SampleSeed == seed;

    public void Dispose() => File?.Dispose();
}
