using System.ComponentModel;
using System.Text.Json.Serialization;
using Husai.Analysis.Verdicts;
using Husai.Reporting.Data;

namespace Husai.Reporting.Summary;

/// <summary>
/// The content of <c>summary.json</c>: everything that follows from configuration and seeds, and nothing that depends on the machine or the
/// clock.
/// </summary>
internal sealed record StudySummary
{
    /// <summary>Version of the keys.</summary>
    [Description("Version of this format; it changes when a key is removed or changes its meaning.")]
    public int FormatVersion { get; init; } = 3;

    /// <summary>Name of the study.</summary>
    [Description("Name of the study.")]
    public required string Name { get; init; }

    /// <summary>The answer in words.</summary>
    [Description(
        "The answer in words: headline, reproducible, circuit, best, best_configuration (null if none), one entry per configuration "
            + "(configuration, agreement, recovers_circuit, kappa, words), red_flags (code, subject, message), and, where the study has "
            + "frozen baselines, baselines; where it has controls, controls.")]
    public required StudyVerdict Verdict { get; init; }

    /// <summary>One entry per transformer.</summary>
    [Description("One entry per transformer.")]
    public required IReadOnlyList<TransformerEntry> Transformers { get; init; }

    /// <summary>One entry for activations of which no truth is known.</summary>
    [Description("One entry for each site of a network, and for the user's own activations; missing where there are none.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ActivationsSummary>? Activations { get; init; }

    /// <summary>One entry per configuration.</summary>
    [Description("One entry per configuration of SAEs.")]
    public required IReadOnlyList<ConfigurationEntry> Configurations { get; init; }

    /// <summary>Tests between configurations.</summary>
    [Description("Comparisons of configurations.")]
    public required IReadOnlyList<ComparisonEntry> Comparisons { get; init; }

    /// <summary>Runs that did not finish.</summary>
    [Description("Runs that did not finish, with the reason.")]
    public required IReadOnlyList<FailedRun> Failures { get; init; }

    /// <summary>Reads the summary off the data.</summary>
    public static StudySummary Of(StudyReportData data) => new()
    {
        Name = data.Name,
        Verdict = data.Verdict(),
        Transformers = [.. data.Transformers.Select(TransformerEntry.Of)],
        Activations = data.Activations.Count > 0 ? data.Activations : null,
        Configurations = [.. data.Configurations.Select(ConfigurationEntry.Of)],
        Comparisons = [.. data.Comparisons.Select(ComparisonEntry.Of)],
        Failures = data.Failures,
    };
}
