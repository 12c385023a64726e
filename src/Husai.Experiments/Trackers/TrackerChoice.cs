using System.Globalization;
using Husai.Formats.Wandb;

namespace Husai.Experiments.Trackers;

/// <summary>The trackers that there are, by name.</summary>
internal static class TrackerChoice
{
    /// <summary>Weights &amp; Biases, without a network: <c>wandb sync</c> uploads the run.</summary>
    public const string Wandb = "wandb";

    /// <summary>TensorBoard.</summary>
    public const string TensorBoard = "tensorboard";

    private const string Project = "husai";

    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names { get; } = [Wandb, TensorBoard];

    /// <summary>Opens trackers for a run. One that fails, now or later, warns once and changes nothing else.</summary>
    /// <param name="names">Which; each once, however often it is named.</param>
    /// <param name="run">The run.</param>
    /// <param name="warn">Takes warnings, each a line of text; from any thread.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentException">There is no tracker of a name.</exception>
    public static ITracker Open(IEnumerable<string> names, TrackedRun run, Action<string> warn, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(run);
        var clock = time ?? TimeProvider.System;
        return new TrackerGroup([.. names.Distinct().Select(name => Open(name, run, warn, clock))]);
    }

    private static SafeTracker Open(string name, TrackedRun run, Action<string> warn, TimeProvider time) => name switch
    {
        Wandb => new SafeTracker(() => new WandbTracker(run.Folder, Describe(run, time), time), message => warn($"{name}: {message}")),
        TensorBoard =>
            new SafeTracker(
                () => new TensorBoardTracker(Path.Combine(run.Folder, TensorBoard), time), message => warn($"{name}: {message}")),
        _ => throw new ArgumentException($"there is no tracker '{name}'; there are {string.Join(", ", Names)}", nameof(name)),
    };

    // A training that is started again in the same folder is another run.
    private static WandbRun Describe(TrackedRun run, TimeProvider time) => WandbEnvironment.Apply(new WandbRun
    {
        Id = WandbOfflineWriter.MakeId(
            string.Create(CultureInfo.InvariantCulture, $"{Path.GetFullPath(run.Folder)} {time.GetUtcNow().UtcTicks}")),
        Project = Project,
        Name = run.Name ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(run.Folder))),
        Group = run.Group,
        JobType = run.JobType,
        Tags = run.Tags,
        Configuration = run.Configuration.ToDictionary(entry => entry.Key, entry => entry.Value),
        Program = Project,
    }, Environment.GetEnvironmentVariable);
}
