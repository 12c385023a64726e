namespace Husai.Analysis.Circuits;

/// <summary>The pursuit of one wave: maps are chosen one by one and orthogonalised as they come.</summary>
/// <param name="target">Product of the unit wave with each centred map.</param>
/// <param name="powers">Sum of the squares of each centred map.</param>
internal sealed class ProbePursuit(double[] target, double[] powers)
{
    // A candidate that keeps less than this share of its power apart from those chosen adds nothing.
    private const double Dependent = 1e-9;

    // The products of each unit direction with every map.
    private readonly List<double[]> _directions = [];
    private readonly double[] _remaining = (double[])target.Clone();
    private readonly double[] _apart = (double[])powers.Clone();
    private double _sum;

    /// <summary>The map that was chosen last; -1 if none adds anything.</summary>
    public int Chosen { get; private set; }

    /// <summary>Share of the wave that the chosen maps explain, at most 1.</summary>
    public double Explained => Math.Min(1, _sum);

    /// <summary>Chooses the next map.</summary>
    public void Choose()
    {
        Chosen = Best();
        if (Chosen >= 0)
        {
            var along = Along;
            _sum += along * along;
        }
    }

    /// <summary>Takes what the chosen map explains off the wave and off all maps.</summary>
    /// <param name="products">Product of the chosen map with each, both centred.</param>
    public void Take(double[] products)
    {
        var along = Along;
        var direction = Orthogonalise(products);
        for (var map = 0; map < direction.Length; map++)
        {
            _remaining[map] -= along * direction[map];
            _apart[map] -= direction[map] * direction[map];
        }

        _directions.Add(direction);
    }

    private double Along => _remaining[Chosen] / Math.Sqrt(_apart[Chosen]);

    private int Best()
    {
        var best = -1;
        var most = 0.0;
        for (var map = 0; map < powers.Length; map++)
        {
            var power = powers[map];
            var gain = _apart[map] > Dependent * power && power > 0 ? _remaining[map] * _remaining[map] / power : 0;
            if (gain > most)
            {
                (best, most) = (map, gain);
            }
        }

        return best;
    }

    private double[] Orthogonalise(double[] products)
    {
        var direction = (double[])products.Clone();
        foreach (var earlier in _directions)
        {
            var along = earlier[Chosen];
            for (var map = 0; map < direction.Length; map++)
            {
                direction[map] -= along * earlier[map];
            }
        }

        var norm = Math.Sqrt(direction[Chosen]);
        for (var map = 0; map < direction.Length; map++)
        {
            direction[map] /= norm;
        }

        return direction;
    }
}
