namespace Husai.Reporting.Figures;

/// <summary>The axes of training curves.</summary>
/// <param name="LogarithmicSteps">Whether the axis of the steps is logarithmic.</param>
/// <param name="LogarithmicValues">Whether the axes of the values are, where all are above 0; null where each is what suits it.</param>
internal sealed record TrainingAxes(bool LogarithmicSteps = false, bool? LogarithmicValues = null);
