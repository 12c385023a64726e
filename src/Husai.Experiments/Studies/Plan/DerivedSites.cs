namespace Husai.Experiments.Studies.Plan;

/// <summary>
/// Keeps what was derived from sites while a study runs: of those that together fit into memory, the ones asked for last.
/// </summary>
/// <param name="mostBytes">The memory that they may take; one is kept even if it is larger.</param>
internal sealed class DerivedSites(long mostBytes = DerivedSites.UsualBytes)
{
    private const long UsualBytes = 1L << 30;

    // Covariance, eigenvectors, square root, and what they are computed with.
    private const int SquaresOfWidth = 6;

    private readonly Lock _entry = new();
    private readonly List<(ActivationsJob Activations, DerivedSite Site)> _kept = [];

    /// <summary>What is derived from a site; the parts that nobody has asked for are not there yet.</summary>
    public DerivedSite Of(ActivationsJob activations)
    {
        lock (_entry)
        {
            var index = _kept.FindIndex(kept => kept.Activations == activations);
            var site = index < 0 ? new DerivedSite(activations) : _kept[index].Site;
            if (index >= 0)
            {
                _kept.RemoveAt(index);
            }

            _kept.Add((activations, site));
            while (_kept.Count > 1 && _kept.Sum(kept => Bytes(kept.Activations)) > mostBytes)
            {
                _kept.RemoveAt(0);
            }

            return site;
        }
    }

    internal static long Bytes(ActivationsJob activations)
    {
        long modulus = activations.Modulus, width = activations.Width;
        return sizeof(float) * modulus * modulus * width + sizeof(double) * SquaresOfWidth * width * width;
    }
}
