using Husai.Analysis.Stability;
using Husai.Analysis.Statistics;

namespace Husai.Reporting.Figures;

/// <summary>A configuration in a <see cref="ScoreFigure"/>.</summary>
/// <param name="Configuration">Its name.</param>
/// <param name="Value">The score with its interval.</param>
/// <param name="Levels">What it is held against, in the order of the figure's levels; null where one is missing.</param>
/// <param name="Kappas">Chance-corrected scores, in the order of the figure's kappas; null where one is missing.</param>
internal sealed record ScoreRow(string Configuration, Interval Value, IReadOnlyList<double?> Levels, IReadOnlyList<Kappa?> Kappas);
