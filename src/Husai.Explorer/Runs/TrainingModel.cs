using Husai.Reporting.Figures;

namespace Husai.Explorer.Runs;

/// <summary>Trainings whose curves are laid over each other.</summary>
/// <param name="Trainings">The trainings.</param>
/// <param name="Figures">Their curves; none where nothing was measured yet.</param>
/// <param name="AxesLinks">Other axes, with the addresses that show them.</param>
/// <param name="Others">Trainings that can be laid over them, with the addresses.</param>
/// <param name="IsAtWork">Whether one still grows.</param>
public sealed record TrainingModel(
    IReadOnlyList<TrainingRow> Trainings, IReadOnlyList<ReportFigure> Figures, IReadOnlyList<(string Text, string Link)> AxesLinks,
    IReadOnlyList<(string Text, string Link)> Others, bool IsAtWork);

/// <summary>One training.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">Its state in words.</param>
/// <param name="Step">How far it is, in words.</param>
/// <param name="SaeLink">The address of its SAE; null before there is one.</param>
/// <param name="WithoutLink">The address without it; null where it is the only one.</param>
public sealed record TrainingRow(string Name, string State, string Step, string? SaeLink, string? WithoutLink);
