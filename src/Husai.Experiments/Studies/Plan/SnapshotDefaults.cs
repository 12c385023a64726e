using Husai.Autoencoders.Options;

namespace Husai.Experiments.Studies.Plan;

/// <summary>The snapshots of SAEs that name none.</summary>
internal static class SnapshotDefaults
{
    // Most of what forms forms early: each snapshot has twice the steps of the one before.
    private const int Doublings = 6;

    /// <summary>The options as they are if they ask for snapshots; else with those at 0, 1/64, 1/32, ... and 1/2 of the steps.</summary>
    public static SaeOptions Apply(SaeOptions options, int rows) =>
        options.SnapshotSteps.Count > 0 || options.SnapshotEvery > 0
            ? options
            : options with { SnapshotSteps = [.. Steps(options.StepsFor(rows)).Distinct()] };

    private static IEnumerable<long> Steps(long total) =>
        [0, .. Enumerable.Range(0, Doublings).Select(n => total >> (Doublings - n)).Where(step => step > 0)];
}
