namespace Husai.Experiments.Configuration;

/// <summary>Options, and the trackers that the configuration also names: they do not decide the result.</summary>
/// <param name="Options">The options.</param>
/// <param name="Trackers">Names of trackers.</param>
internal sealed record TrackedConfiguration<T>(T Options, IReadOnlyList<string> Trackers)
    where T : class;
