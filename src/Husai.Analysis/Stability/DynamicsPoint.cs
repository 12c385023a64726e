namespace Husai.Analysis;

/// <summary>Agreement at one step of training.</summary>
/// <param name="Step">The step.</param>
/// <param name="BetweenSeeds">Similarity between seeds at this step.</param>
/// <param name="Chance">Chance levels at the numbers of latents alive at this step.</param>
/// <param name="ToFinalSelf">Similarity of each dictionary with its own last state: mean and interval over seeds.</param>
public sealed record DynamicsPoint(long Step, Interval BetweenSeeds, ChanceLevels Chance, Interval ToFinalSelf);
