using Husai.Experiments.Studies.Configuration;
using Husai.Transformers.Training;

namespace Husai.Experiments.Studies.Results;

/// <summary>One transformer of a study.</summary>
/// <param name="Name">Its name with its seed.</param>
/// <param name="Options">Everything that decides it.</param>
/// <param name="Result">What it came to, or null.</param>
/// <param name="Folder">Its folder.</param>
/// <param name="Control">What kind of control it is; null for others.</param>
internal sealed record TransformerResults(
    string Name, TransformerRunOptions Options, TransformerResult? Result, string Folder, StudyControl? Control = null)
{
    /// <summary>The evaluations along the start that counts; empty if there are none.</summary>
    public IReadOnlyList<TrainingRecord> ReadTraining() =>
        Result is null ? [] : TrainingRecord.OfLastStart(MetricsLines.Read<TrainingRecord>(Folder));
}

/// <summary>One site of one transformer.</summary>
/// <param name="Transformer">Name of the transformer, with its seed.</param>
/// <param name="Family">Name that it shares with the transformers that differ only in their seed.</param>
/// <param name="Site">The site.</param>
/// <param name="Modulus">The modulus p of the task.</param>
/// <param name="Activations">Its activations, or null.</param>
/// <param name="Baseline">The circuit there, or null.</param>
/// <param name="Comparison">All SAEs against each other, or null.</param>
/// <param name="Configurations">The configurations of SAEs.</param>
/// <param name="Control">What kind of control the transformer is; null for others.</param>
internal sealed record SiteResults(
    string Transformer, string Family, StudySite Site, int Modulus, SiteResult? Activations, BaselineResult? Baseline,
    ComparisonResult? Comparison,
    IReadOnlyList<ConfigurationResults> Configurations, StudyControl? Control = null)
{
    /// <summary>The file of its activations; empty where there is none.</summary>
    public string ActivationsFile { get; init; } = "";
}
