using Husai.Analysis.Verdicts;
using Husai.Explorer.Tables;
using Husai.Reporting.Data;
using Husai.Reporting.Figures;
using Husai.Reporting.Tables;

namespace Husai.Explorer.Runs;

/// <summary>What a study's page shows.</summary>
public sealed record StudyModel
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The question that it asks.</summary>
    public required string Question { get; init; }

    /// <summary>How far it has come, in words.</summary>
    public required string Progress { get; init; }

    /// <summary>Whether a process works on it.</summary>
    public required bool IsAtWork { get; init; }

    /// <summary>What failed, with its reason.</summary>
    public required IReadOnlyList<FailedRun> Failures { get; init; }

    /// <summary>The answer; null before there is a configuration with a result.</summary>
    public StudyVerdict? Verdict { get; init; }

    /// <summary>The verdict's answers, question by question.</summary>
    public IReadOnlyList<VerdictAnswer> Answers { get; init; } = [];

    /// <summary>The configurations; null before there is one with a result.</summary>
    public TableModel? Configurations { get; init; }

    /// <summary>Further tables of the report.</summary>
    public IReadOnlyList<ReportTable> Tables { get; init; } = [];

    /// <summary>Stability against chance, and the similarity of every two SAEs.</summary>
    public IReadOnlyList<ReportFigure> Figures { get; init; } = [];

    /// <summary>Trainings of transformers and SAEs.</summary>
    public required IReadOnlyList<StudyTraining> Trainings { get; init; }
}

/// <summary>A training of a study.</summary>
/// <param name="Name">Its folder below that of the study.</param>
/// <param name="CurvesLink">The address of its curves.</param>
/// <param name="SaeLink">The address of its SAE; null where there is none.</param>
/// <param name="State">Its state in words.</param>
/// <param name="ExplainedVariance">Explained variance on held-out rows, in words.</param>
/// <param name="Stability">Mean similarity to the other seeds, in words.</param>
public sealed record StudyTraining(
    string Name, string CurvesLink, string? SaeLink, string State, string ExplainedVariance, string Stability);
