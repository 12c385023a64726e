using Husai.Numerics.Functions;

namespace Husai.Analysis.Statistics;

/// <summary>How a score that starts at chance approaches a limit, and what it comes to at a larger budget.</summary>
internal static class SaturationFit
{
    private const int Exponents = 36;
    private const double SmallestExponent = 0.25;
    private const double ExponentStep = 0.05;
    private const int Scales = 121;

    // Scales reach this factor below the smallest budget and above the larger one.
    private const double Beyond = 3;

    /// <summary>
    /// The score at a budget by a stretched exponential (Weibull) law: score(r) = start + (limit - start) (1 - exp(-(r / s)^k)). For each k
    /// in [0.25, 2] and s the limit has least squares, at most 1; the interval has what some k and s explain nearly as well as the best:
    /// <see cref="ProfiledFit.Interval"/>.
    /// </summary>
    /// <param name="points">Budgets, all positive, with a score in [0, 1] each.</param>
    /// <param name="budget">The budget, positive.</param>
    /// <param name="start">The score without training: chance, in [0, 1).</param>
    /// <param name="confidence">Confidence of the interval, in (0, 1).</param>
    /// <returns>Null where <see cref="BudgetFit.At"/> is: with fewer than four points, or fewer than three different budgets.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A budget is not positive, or the start is not in [0, 1).</exception>
    public static Interval? At(
        IReadOnlyList<(double Budget, double Score)> points, double budget, double start, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(start, 1);
        if (!BudgetFit.IsPossible(points, budget))
        {
            return null;
        }

        var smallest = points.Min(point => point.Budget) / Beyond;
        var range = Beyond * budget / smallest;
        List<ProfiledFit> fits =
        [
            .. from exponent in Enumerable.Range(0, Exponents)
               from scale in Enumerable.Range(0, Scales)
               select Fit(
                   points, budget, start, SmallestExponent + ExponentStep * exponent,
                   smallest * Transcendental.Pow(range, scale / (Scales - 1.0))),
        ];
        return ProfiledFit.Interval(fits, points.Count, BudgetFit.Parameters, confidence);
    }

    private static ProfiledFit Fit(
        IReadOnlyList<(double Budget, double Score)> points, double budget, double start, double exponent, double scale)
    {
        double Share(double value) => 1 - Transcendental.Exp(-Transcendental.Pow(value / scale, exponent));
        double[] x = [.. points.Select(point => Share(point.Budget))];
        var squares = x.Sum(share => share * share);
        var rise = Math.Clamp(x.Zip(points).Sum(pair => pair.First * (pair.Second.Score - start)) / squares, 0, 1 - start);
        var end = Share(budget);
        return new ProfiledFit(
            start + rise * end, end * end / squares,
            x.Zip(points).Sum(pair => Math.Pow(pair.Second.Score - start - rise * pair.First, 2)));
    }
}
