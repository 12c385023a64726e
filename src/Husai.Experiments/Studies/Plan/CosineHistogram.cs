using Husai.Analysis;

namespace Husai.Experiments.Studies;

/// <summary>Shares of best-match cosines in bins of 0.02, of the seeds and of random directions.</summary>
internal sealed class CosineHistogram(CosineMeasure cosine)
{
    private const int BinsPerUnit = 50;
    private readonly long[] _observed = Bins(cosine);
    private readonly long[] _isotropic = Bins(cosine);
    private readonly long[] _covarianceMatched = Bins(cosine);

    public IReadOnlyList<double> Edges => [.. Enumerable.Range(0, _observed.Length + 1).Select(bin => (bin - Offset) / (double)BinsPerUnit)];

    public IReadOnlyList<double> Observed => Shares(_observed);

    public IReadOnlyList<double> Isotropic => Shares(_isotropic);

    public IReadOnlyList<double> CovarianceMatched => Shares(_covarianceMatched);

    // Absolute cosines begin at 0, signed ones at -1.
    private int Offset => cosine == CosineMeasure.Absolute ? 0 : BinsPerUnit;

    public void AddObserved(Match match) => Add(_observed, match);

    public void AddIsotropic(Match match) => Add(_isotropic, match);

    public void AddCovarianceMatched(Match match) => Add(_covarianceMatched, match);

    private static long[] Bins(CosineMeasure cosine) => new long[cosine == CosineMeasure.Absolute ? BinsPerUnit : 2 * BinsPerUnit];

    private void Add(long[] counts, Match match)
    {
        foreach (var value in match.RowSimilarity.Concat(match.ColumnSimilarity))
        {
            if (!float.IsNaN(value))
            {
                counts[Math.Clamp((int)Math.Floor((double)value * BinsPerUnit) + Offset, 0, counts.Length - 1)]++;
            }
        }
    }

    private static IReadOnlyList<double> Shares(long[] counts)
    {
        var total = counts.Sum();
        return total == 0 ? [] : [.. counts.Select(count => count / (double)total)];
    }
}
