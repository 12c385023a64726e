using Husai.Analysis.Chance;
using Husai.Analysis.Similarity;

namespace Husai.Analysis.Stability;

/// <summary>Counts cosines in bins of 0.02.</summary>
internal sealed class CosineBins(CosineMeasure cosine)
{
    private const int BinsPerUnit = 50;

    private readonly long[] _counts = new long[cosine == CosineMeasure.Absolute ? BinsPerUnit : 2 * BinsPerUnit];

    // Absolute cosines begin at 0, signed ones at -1.
    private int Offset => cosine == CosineMeasure.Absolute ? 0 : BinsPerUnit;

    public IReadOnlyList<double> Edges => [.. Enumerable.Range(0, _counts.Length + 1).Select(bin => (bin - Offset) / (double)BinsPerUnit)];

    /// <summary>Share in each bin; empty when nothing was counted.</summary>
    public IReadOnlyList<double> Shares
    {
        get
        {
            var total = _counts.Sum();
            return total == 0 ? [] : [.. _counts.Select(count => count / (double)total)];
        }
    }

    public void Add(IReadOnlyList<float> cosines)
    {
        foreach (var value in cosines)
        {
            if (!float.IsNaN(value))
            {
                _counts[Math.Clamp((int)Math.Floor((double)value * BinsPerUnit) + Offset, 0, _counts.Length - 1)]++;
            }
        }
    }

    /// <summary>Expected shares for isotropic directions, the mean over both sides of every pair.</summary>
    public IReadOnlyList<double> Isotropic(int width, IReadOnlyList<int> sizes)
    {
        var edges = Edges;
        var shares = new double[_counts.Length];
        double total = sizes.Sum() * (sizes.Count - 1.0);
        for (var i = 0; i < sizes.Count; i++)
        {
            // The latents of all others, each against these.
            var weight = (sizes.Sum() - sizes[i]) / total;
            var below = edges.Select(edge => IsotropicMaximum.Below(edge, width, sizes[i], cosine)).ToArray();
            for (var bin = 0; bin < shares.Length; bin++)
            {
                shares[bin] += weight * (below[bin + 1] - below[bin]);
            }
        }

        return shares;
    }
}
