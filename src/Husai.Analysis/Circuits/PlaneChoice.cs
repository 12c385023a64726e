using System.Text.Json.Serialization;
using Husai.Analysis.Chance;

namespace Husai.Analysis.Circuits;

/// <summary>
/// Whether directions choose the circuit's planes among the planes of the same span: a score beside what it comes to with other planes of
/// the same span and ranks. How much of the directions lies in the span at all does not count.
/// </summary>
/// <param name="Score">The score with the circuit's planes.</param>
/// <param name="OtherPlanes">Its mean over other planes of the same span.</param>
/// <param name="Spread">Its standard deviation over them.</param>
/// <param name="P">(1 + number of the others that score as high) / (1 + number of the others).</param>
public sealed record PlaneChoice(double Score, ChanceLevel OtherPlanes, double Spread, double P)
{
    /// <summary>
    /// (score - level) / (1 - level): 0 at the level of other planes and 1 where all directions lie in one of the circuit's planes each.
    /// </summary>
    public double Kappa => OtherPlanes.Kappa(Score);

    /// <summary>The score with each of the other planes; draw by draw the same planes for all dictionaries of a site.</summary>
    [JsonIgnore]
    internal IReadOnlyList<double> Draws { get; init; } = [];

    internal static PlaneChoice Of(double score, IReadOnlyList<double> draws)
    {
        var level = ChanceLevel.Of(draws);
        return new PlaneChoice(
            score, level, level.StandardError * Math.Sqrt(draws.Count), (1.0 + draws.Count(draw => draw >= score)) / (1 + draws.Count))
        {
            Draws = draws,
        };
    }

    /// <summary>The mean of several dictionaries of one site.</summary>
    internal static PlaneChoice Mean(IReadOnlyList<PlaneChoice> choices) => Of(
        choices.Average(choice => choice.Score),
        [.. Enumerable.Range(0, choices.Min(choice => choice.Draws.Count)).Select(draw => choices.Average(choice => choice.Draws[draw]))]);
}
