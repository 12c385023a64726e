namespace Husai.Analysis.Stability;

/// <summary>How far one stage of a measurement has come.</summary>
/// <param name="Stage">What is done, such as "one-to-one matches".</param>
/// <param name="Done">Steps done.</param>
/// <param name="Total">Steps in all.</param>
public readonly record struct StageProgress(string Stage, long Done, long Total);
