using Husai.Analysis.Statistics;
using Husai.Analysis.Verdicts;
using Husai.Autoencoders.Metrics;
using Husai.Autoencoders.Options;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Published;
using Husai.Transformers.Training;

namespace Husai.Experiments.Studies.Results;

/// <summary>One transformer of a study.</summary>
/// <param name="Name">Its name with its seed.</param>
/// <param name="Options">Everything that decides it.</param>
/// <param name="Result">What it came to, or null.</param>
/// <param name="Folder">Its folder.</param>
public sealed record TransformerResults(string Name, TransformerRunOptions Options, TransformerResult? Result, string Folder)
{
    /// <summary>The evaluations along training; empty if there are none.</summary>
    public IReadOnlyList<TrainingRecord> ReadTraining() => Result is null ? [] : MetricsLines.Read<TrainingRecord>(Folder);
}

/// <summary>One site of one transformer.</summary>
/// <param name="Transformer">Name of the transformer, with its seed.</param>
/// <param name="Family">Name that it shares with the transformers that differ only in their seed.</param>
/// <param name="Site">The site.</param>
/// <param name="Modulus">The modulus p of the task.</param>
/// <param name="Activations">Its activations, or null.</param>
/// <param name="Baseline">The circuit there, or null.</param>
/// <param name="Comparison">All autoencoders against each other, or null.</param>
/// <param name="Configurations">The configurations of autoencoders.</param>
/// <param name="AsPublished">The original project's measures, or null.</param>
public sealed record SiteResults(
    string Transformer, string Family, StudySite Site, int Modulus, SiteResult? Activations, BaselineResult? Baseline, ComparisonResult? Comparison,
    IReadOnlyList<ConfigurationResults> Configurations, AsPublishedResult? AsPublished);

/// <summary>Autoencoders that differ only in their seed.</summary>
/// <param name="Autoencoder">The configuration, as the study has it.</param>
/// <param name="Latents">Number of latents.</param>
/// <param name="Seeds">The seeds that have a result.</param>
/// <param name="Stability">How far they agree, or null.</param>
/// <param name="Recovery">How far they recover the circuit, or null.</param>
/// <param name="Portraits">A few latents, or null.</param>
/// <param name="Dynamics">Agreement along training, or null.</param>
public sealed record ConfigurationResults(
    StudyAutoencoder Autoencoder, int Latents, IReadOnlyList<AutoencoderResult> Seeds, StabilityResult? Stability,
    RecoveryResult? Recovery, PortraitResult? Portraits, DynamicsResult? Dynamics)
{
    /// <summary>Its name.</summary>
    public string Name => Autoencoder.Name;

    /// <summary>What was trained.</summary>
    public AutoencoderOptions Options => Autoencoder.Options;

    /// <summary>Explained variance on the held-out rows, with its interval over seeds; null without seeds.</summary>
    public Interval? ExplainedVariance => OverSeeds(metrics => metrics.ExplainedVariance);

    /// <summary>Mean number of active latents, with its interval over seeds; null without seeds.</summary>
    public Interval? L0 => OverSeeds(metrics => metrics.L0);

    /// <summary>Share of dead latents, with its interval over seeds; null without seeds.</summary>
    public Interval? DeadFraction => OverSeeds(metrics => metrics.DeadFraction);

    /// <summary>Accuracy of the transformer with reconstructions in place of activations, with its interval; null where it was not measured.</summary>
    public Interval? SplicedAccuracy =>
        Pooling.Mean([.. Recovery?.Seeds.Select(seed => seed.Splice?.Spliced.Accuracy).OfType<double>() ?? []]);

    private Interval? OverSeeds(Func<ReconstructionMetrics, double> value) => Pooling.Mean([.. Seeds.Select(seed => value(seed.Metrics))]);
}
