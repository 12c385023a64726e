namespace Husai.Reporting.Data;

/// <summary>How long one part of a study took.</summary>
/// <param name="Stage">Its name, such as <c>train SAEs</c>.</param>
/// <param name="Seconds">Wall-clock seconds.</param>
/// <param name="Runs">Number of runs in it.</param>
public sealed record StageTiming(string Stage, double Seconds, int Runs);
