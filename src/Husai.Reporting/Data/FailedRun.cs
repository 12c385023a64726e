namespace Husai.Reporting.Data;

/// <summary>A run that did not finish.</summary>
/// <param name="Run">Its name, such as <c>topk_8x_k32/seed-3</c>.</param>
/// <param name="Reason">Why, in one line.</param>
public sealed record FailedRun(string Run, string Reason);
