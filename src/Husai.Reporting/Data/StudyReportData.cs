using Husai.Analysis.Verdicts;
using Husai.Experiments.Studies.Results;
using Husai.Reporting.Drawing;

namespace Husai.Reporting.Data;

/// <summary>Everything a report shows, as plain data: how the numbers were made is no concern of the report.</summary>
/// <remarks>Serialises to JSON with snake_case keys (<see cref="StudyReportJson"/>). Figures without data are left out.</remarks>
public sealed record StudyReportData
{
    /// <summary>Short name of the study, such as <c>quickstart</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The question that the study asks, one sentence.</summary>
    public string Question { get; init; } =
        "Do sparse autoencoders that differ only in their seed find the same features, beyond chance, and are these the features of the "
            + "known circuit?";

    /// <summary>The transformers whose activations were used.</summary>
    public IReadOnlyList<TransformerSummary> Transformers { get; init; } = [];

    /// <summary>The activations of which no truth is known.</summary>
    public IReadOnlyList<ActivationsSummary> Activations { get; init; } = [];

    /// <summary>One entry per configuration of SAEs, each over several seeds.</summary>
    public IReadOnlyList<ConfigurationResults> Configurations { get; init; } = [];

    /// <summary>Similarities between runs, one matrix per similarity.</summary>
    public IReadOnlyList<SimilaritySummary> Similarities { get; init; } = [];

    /// <summary>Tests of one configuration against another.</summary>
    public IReadOnlyList<ConfigurationComparison> Comparisons { get; init; } = [];

    /// <summary>Single latents beside their matches in other seeds.</summary>
    public IReadOnlyList<LatentPortrait> Latents { get; init; } = [];

    /// <summary>What latents fire on, beside their matches in other seeds.</summary>
    public IReadOnlyList<ConfigurationContexts> Contexts { get; init; } = [];

    /// <summary>Runs that did not finish.</summary>
    public IReadOnlyList<FailedRun> Failures { get; init; } = [];

    /// <summary>The full resolved configuration, as YAML.</summary>
    public string Configuration { get; init; } = "";

    /// <summary>Versions, machine and date, as names and values in the order to show.</summary>
    public IReadOnlyList<NamedValue> Environment { get; init; } = [];

    /// <summary>How long each part took.</summary>
    public IReadOnlyList<StageTiming> Timings { get; init; } = [];

    /// <summary>Commands that make the study again, one a line.</summary>
    public IReadOnlyList<string> Reproduction { get; init; } = [];

    /// <summary>Reads the verdict off the numbers.</summary>
    /// <exception cref="ArgumentException">Parts of the data contradict each other.</exception>
    public StudyVerdict Verdict()
    {
        ReportDataCheck.Check(this);
        return StudyVerdict.Of(
            [.. Configurations.Select(configuration => configuration.Measures())],
            Transformers.Where(transformer => transformer is { Grokked: false, IsControl: false }).Select(transformer => new RedFlag(
                "not_grokked", transformer.Name,
                $"The transformer has not grokked (held-out accuracy {FigureNumbers.Fixed(100 * transformer.TestAccuracy, 0)}%): there is "
                    + $"no circuit to recover.")),
            Failures.Select(failure => new RedFlag("failed_run", failure.Run, $"The run failed: {failure.Reason}")));
    }

    /// <summary>The answers of the verdict, and those of the comparisons where the study asks for one or two.</summary>
    public IReadOnlyList<VerdictAnswer> Answers() => [.. Verdict().Answers(), .. ComparisonAnswers.Of(Comparisons)];
}
