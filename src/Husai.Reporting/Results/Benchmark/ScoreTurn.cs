namespace Husai.Reporting.Results.Benchmark;

/// <summary>A score that rises with the number of samples and then falls: one power law does not describe both.</summary>
/// <param name="HighestAt">Number of samples with the highest mean score.</param>
/// <param name="Highest">That score.</param>
/// <param name="LastAt">The largest number of samples.</param>
/// <param name="Last">Mean score there.</param>
internal sealed record ScoreTurn(double HighestAt, double Highest, double LastAt, double Last)
{
    /// <summary>Finds where means over the SAEs of one number of samples turn; null where the last one is the highest.</summary>
    /// <param name="points">Number of samples and score of each SAE; at least one.</param>
    public static ScoreTurn? Of(IEnumerable<(double Budget, double Score)> points)
    {
        var means = points.GroupBy(point => point.Budget).OrderBy(group => group.Key)
            .Select(group => (Budget: group.Key, Score: group.Average(point => point.Score))).ToList();
        var (highest, last) = (means.MaxBy(point => point.Score), means[^1]);
        return highest.Budget == last.Budget ? null : new(highest.Budget, highest.Score, last.Budget, last.Score);
    }
}
