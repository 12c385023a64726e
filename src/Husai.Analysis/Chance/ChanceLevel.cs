using System.Text.Json.Serialization;

namespace Husai.Analysis.Chance;

/// <summary>What a similarity comes to when there is nothing to find.</summary>
/// <param name="Value">The expected score.</param>
/// <param name="StandardError">Standard error of a Monte Carlo estimate; 0 for a closed form.</param>
/// <param name="Draws">Random sets or pairs of dictionaries behind it; 0 for a closed form.</param>
public sealed record ChanceLevel(double Value, [property: JsonPropertyName("se")] double StandardError, int Draws)
{
    /// <summary>
    /// What continuing a one-to-one level from smaller dictionaries may add to its error: the difference that a curve makes to the
    /// straight line; null for a level that is not extrapolated.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ExtrapolationError { get; init; }

    /// <summary>Chance-corrected score: (x - chance) / (1 - chance), 0 at chance and 1 at identity.</summary>
    public double Kappa(double score) => Stability.Kappa.Corrected(score, Value);

    internal static ChanceLevel Of(IReadOnlyList<ExtrapolatedScore> draws)
    {
        var curvature = draws.Average(draw => draw.Curvature);
        return Of([.. draws.Select(draw => draw.Value)]) with { ExtrapolationError = curvature == 0 ? null : Math.Abs(curvature) };
    }

    internal static ChanceLevel Of(IReadOnlyList<double> draws)
    {
        var mean = draws.Average();
        var variance = draws.Sum(draw => (draw - mean) * (draw - mean)) / Math.Max(1, draws.Count - 1);
        return new ChanceLevel(mean, Math.Sqrt(variance / draws.Count), draws.Count);
    }
}
