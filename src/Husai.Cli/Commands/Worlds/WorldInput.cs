using Husai.Formats.Text;
using System.CommandLine;
using Husai.Autoencoders.Activations;
using Husai.Cli.Hosting;
using Husai.Experiments.Configuration;
using Husai.Experiments.Studies.Configuration;
using Husai.Worlds.Construction;
using Husai.Worlds.Model;
using Husai.Worlds.Options;

namespace Husai.Cli.Commands.Worlds;

/// <summary>A world that a command was given.</summary>
/// <param name="Path">Its configuration.</param>
/// <param name="Options">What the configuration says.</param>
/// <param name="World">The world.</param>
/// <param name="Hash">Its hash.</param>
internal sealed record WorldInput(string Path, WorldOptions Options, World World, string Hash)
{
    /// <summary>Seed of the samples to train on.</summary>
    public const long TrainingSeed = StudyWorld.TrainingSeed;

    /// <summary>Seed of the samples to evaluate on: others than those to train on.</summary>
    public const long EvaluationSeed = StudyWorld.EvaluationSeed;

    /// <summary>The option that names a world, null unless given.</summary>
    /// <param name="description">What the command does with it.</param>
    public static Option<string?> Option(string description) => new("--world") { Description = description, HelpName = "FILE" };

    /// <summary>The argument that names a world.</summary>
    public static Argument<string> Argument() =>
        new("world") { Description = "Synthetic world in YAML, such as configs/worlds/small_trees.yaml", HelpName = "FILE" };

    /// <summary>Reads a configuration and makes its world.</summary>
    /// <param name="context">Threads, cancellation, and where progress goes.</param>
    /// <param name="path">The configuration.</param>
    /// <exception cref="BadInputException">The options contradict each other.</exception>
    public static WorldInput Open(CommandContext context, string path)
    {
        var options = ConfigurationReader.Read<WorldOptions>(path);
        using var progress = context.Output.Progress("making the world", options.Dictionary.OrthogonalisationSteps);
        try
        {
            var world = WorldBuilder.Build(options, context.Workers, step => progress.Report(step));
            return new WorldInput(path, options, world, WorldHash.Of(world));
        }
        catch (ArgumentException error)
        {
            throw new BadInputException($"{path}: {FailureText.OneLine(error)}");
        }
    }

    /// <summary>Where an SAE's activations come from that is trained on samples.</summary>
    /// <param name="sampleSeed">Seed of the samples.</param>
    public Provenance Provenance(long sampleSeed) =>
        new() { Dataset = System.IO.Path.GetFileName(Path), WorldHash = Hash, SampleSeed = sampleSeed };
}
