using Husai.Autoencoders.Metrics;

namespace Husai.Experiments.Studies.Results;

/// <summary>A trained SAE of a study.</summary>
internal sealed record SaeResult
{
    internal const string FileName = "result.json";

    /// <summary>Its seed.</summary>
    public required long Seed { get; init; }

    /// <summary>Steps taken.</summary>
    public required long Steps { get; init; }

    /// <summary>SHA-256 of the weights.</summary>
    public required string WeightsHash { get; init; }

    /// <summary>Metrics on the held-out rows, the dead share on all rows; the frequencies are left out.</summary>
    public required ReconstructionMetrics Metrics { get; init; }

    /// <summary>Firing frequencies over all rows.</summary>
    public required FiringHistogram Firing { get; init; }

    /// <summary>The verdict on this SAE alone.</summary>
    public required IReadOnlyList<SaeCheck> Checks { get; init; }
}
