using Husai.Numerics.Functions;

namespace Husai.Analysis.Statistics;

/// <summary>How a score grows with a budget, such as rows of training, and what it comes to at a larger one.</summary>
internal static class BudgetFit
{
    /// <summary>Parameters of a law: two that it is linear in, and an exponent.</summary>
    internal const int Parameters = 3;

    private const double LargestExponent = 1.5;
    private const int Exponents = 61;
    private const int FewestPoints = 4;
    private const int FewestBudgets = 3;

    /// <summary>
    /// The score at a budget R by a power law with a limit: score = a + b ((r / R)^-c - 1) / c, for c towards 0 a - b log(r / R), so that a
    /// is the score at R. For each c in [0, 1.5] a and b have least squares; the interval has every a that some c explains nearly as well
    /// as the best fit does, so that it holds what is not known of c: <see cref="ProfiledFit.Interval"/>.
    /// </summary>
    /// <param name="points">Budgets, all positive, with a score each.</param>
    /// <param name="budget">The budget R, positive.</param>
    /// <param name="confidence">Confidence of the interval, in (0, 1).</param>
    /// <returns>Null with fewer than four points, or fewer than three different budgets.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A budget is not positive.</exception>
    public static Interval? At(IReadOnlyList<(double Budget, double Score)> points, double budget, double confidence = 0.95)
    {
        if (!IsPossible(points, budget))
        {
            return null;
        }

        List<ProfiledFit> fits =
            [.. Enumerable.Range(0, Exponents).Select(n => Fit(points, budget, n * LargestExponent / (Exponents - 1)))];
        return ProfiledFit.Interval(fits, points.Count, Parameters, confidence);
    }

    /// <summary>Whether there are enough points for a law: four, of three different budgets.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A budget is not positive.</exception>
    internal static bool IsPossible(IReadOnlyList<(double Budget, double Score)> points, double budget)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(budget);
        foreach (var point in points)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(point.Budget, nameof(points));
        }

        return points.Count >= FewestPoints && points.Select(point => point.Budget).Distinct().Count() >= FewestBudgets;
    }

    private static ProfiledFit Fit(IReadOnlyList<(double Budget, double Score)> points, double budget, double exponent)
    {
        double[] x = [.. points.Select(point => Curve(point.Budget / budget, exponent))];
        double[] y = [.. points.Select(point => point.Score)];
        var (meanX, meanY) = (x.Average(), y.Average());
        var squaresX = x.Sum(value => (value - meanX) * (value - meanX));
        var slope = x.Zip(y).Sum(pair => (pair.First - meanX) * (pair.Second - meanY)) / squaresX;
        var score = meanY - slope * meanX;
        return new ProfiledFit(
            score, 1.0 / x.Length + meanX * meanX / squaresX,
            x.Zip(y).Sum(pair => Math.Pow(pair.Second - score - slope * pair.First, 2)));
    }

    // Both sides of the limit of a small exponent.
    private static double Curve(double share, double exponent) =>
        exponent == 0 ? -Transcendental.Log(share) : (Transcendental.Pow(share, -exponent) - 1) / exponent;
}
