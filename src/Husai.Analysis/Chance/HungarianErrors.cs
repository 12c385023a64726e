namespace Husai.Analysis.Chance;

/// <summary>Standard errors of Monte Carlo chance levels.</summary>
/// <param name="HungarianAbs">Of the absolute level.</param>
/// <param name="HungarianSigned">Of the signed level.</param>
internal sealed record HungarianErrors(double HungarianAbs, double HungarianSigned);
