using Husai.Analysis.Matching;
using Husai.Analysis.Similarity;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Chance;

/// <summary>
/// The one-to-one score of two large random dictionaries, from parts of them: parts of a 32nd, a 16th and an eighth of the latents are
/// matched exactly, and their scores continued to all latents along a straight line in the expected best match of isotropic directions,
/// which is known for every number of latents (<see cref="IsotropicMaximum"/>).
/// </summary>
/// <param name="Value">The score that the line gives.</param>
/// <param name="Curvature">
/// How much higher a parabola through the three sizes gives it: what the line may miss. 0 for a score that is not extrapolated.
/// </param>
internal readonly record struct ExtrapolatedScore(double Value, double Curvature)
{
    // Parts that are one of so many, and how many of these are matched: together they take 5.5% of one product of all latents.
    private static readonly (int Divisor, int Parts)[] Levels = [(32, 8), (16, 4), (8, 2)];

    // Below, whole draws of the small side are cheap, and its parts would be too small.
    private const int SmallestSide = 1024;

    public static bool Applies(SimilarityOptions similarity, int first, int second) =>
        similarity.Matcher == Matcher.Hungarian && Math.Max(first, second) > HungarianMatcher.LargestMatrixSide
        && Math.Min(first, second) >= SmallestSide;

    public static ExtrapolatedScore Of(
        ComparedRows first, ComparedRows second, SimilarityOptions similarity, Workers? workers, CancellationToken cancellation)
    {
        var largest = Math.Max(first.Count, second.Count);
        var points = Levels.Select(level => (
            X: Expected(first.Rows.Columns, largest / level.Divisor, similarity.Cosine),
            Y: Enumerable.Range(0, level.Parts).Average(part => new PairMatches(
                Part(first, level.Divisor, part), Part(second, level.Divisor, part), bothCosines: false, workers, cancellation)
                .ValueOf(similarity)))).ToArray();
        var at = Expected(first.Rows.Columns, largest, similarity.Cosine);
        var line = Line(points, at);
        return new ExtrapolatedScore(line, Parabola(points, at) - line);
    }

    private static double Expected(int width, int candidates, CosineMeasure cosine) => cosine == CosineMeasure.Absolute
        ? IsotropicMaximum.Absolute(width, candidates)
        : IsotropicMaximum.Signed(width, candidates);

    /// <summary>The least-squares line at a place.</summary>
    private static double Line((double X, double Y)[] points, double at)
    {
        var (x, y) = (points.Average(point => point.X), points.Average(point => point.Y));
        var slope = points.Sum(point => (point.X - x) * (point.Y - y)) / points.Sum(point => (point.X - x) * (point.X - x));
        return y + slope * (at - x);
    }

    private static double Parabola((double X, double Y)[] points, double at) => points.Sum(point =>
        point.Y * points.Where(other => other != point).Aggregate(1.0, (product, other) => product * (at - other.X) / (point.X - other.X)));

    // Every so many-th latent, since the latents of a trained dictionary may be in an order.
    private static ComparedRows Part(ComparedRows rows, int divisor, int part) =>
        new(Every(rows.Rows, divisor, part), rows.Encoder is null ? null : Every(rows.Encoder, divisor, part));

    private static Matrix Every(Matrix rows, int divisor, int part)
    {
        var result = new Matrix(rows.Rows / divisor, rows.Columns);
        for (var row = 0; row < result.Rows; row++)
        {
            rows.Row(row * divisor + part).CopyTo(result.Row(row));
        }

        return result;
    }
}
