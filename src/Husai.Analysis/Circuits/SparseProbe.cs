using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Circuits;

/// <summary>
/// How well a few latents predict a wave: regression on latents chosen one by one by orthogonal matching pursuit (Pati et al. 1993). A
/// half-wave dictionary of any phases predicts both waves of a plane exactly from four latents.
/// </summary>
internal sealed class SparseProbe
{
    // A candidate that keeps less than this share of its power apart from those chosen adds nothing.
    private const double Dependent = 1e-9;
    private readonly Matrix _maps;
    private readonly LineSpectrum _spectrum;
    private readonly Workers _workers;
    private readonly Dictionary<int, double[]> _products = [];

    /// <summary>Prepares probes on maps.</summary>
    /// <param name="maps"><c>[latents, p²]</c>, one map a row.</param>
    /// <param name="spectrum">The spectrum of these maps.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public SparseProbe(Matrix maps, LineSpectrum spectrum, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(maps);
        ArgumentNullException.ThrowIfNull(spectrum);
        _maps = maps;
        _spectrum = spectrum;
        _workers = workers ?? Workers.Alone;
    }

    /// <summary>R² of a plane with 1, 2, ... latents: mean over the cosine and the sine of each of its lines.</summary>
    /// <param name="plane">The plane.</param>
    /// <param name="mostLatents">Largest number of latents.</param>
    /// <returns>R² with n latents at index n - 1, never falling.</returns>
    public double[] OfPlane(FourierPlane plane, int mostLatents)
    {
        ArgumentNullException.ThrowIfNull(plane);
        var result = new double[mostLatents];
        foreach (var line in plane.Lines)
        {
            foreach (var useSine in new[] { false, true })
            {
                var explained = Pursue(Target(line, plane.Frequency, useSine), mostLatents);
                for (var n = 0; n < mostLatents; n++)
                {
                    result[n] += explained[n] / (2 * plane.Lines.Count);
                }
            }
        }

        return result;
    }

    // Products of the unit wave with each map: the map's own coefficients.
    private double[] Target(GridLine line, int frequency, bool useSine) =>
        [.. Enumerable.Range(0, _spectrum.Maps).Select(map =>
            useSine ? _spectrum.Sine(map, line, frequency) : _spectrum.Cosine(map, line, frequency))];

    private double[] Pursue(double[] target, int mostLatents)
    {
        // Chosen maps are orthogonalised as they come: direction[i] holds the products of the i-th unit direction with every map.
        var directions = new List<double[]>();
        var apart = Enumerable.Range(0, _spectrum.Maps).Select(_spectrum.TotalPower).ToArray();
        var remaining = (double[])target.Clone();
        var explained = new double[mostLatents];
        var sum = 0.0;
        for (var n = 0; n < mostLatents; n++)
        {
            var chosen = Best(remaining, apart);
            if (chosen >= 0)
            {
                var direction = Orthogonalise(chosen, directions);
                var along = remaining[chosen] / Math.Sqrt(apart[chosen]);
                sum += along * along;
                for (var map = 0; map < remaining.Length; map++)
                {
                    remaining[map] -= along * direction[map];
                    apart[map] -= direction[map] * direction[map];
                }

                directions.Add(direction);
            }

            explained[n] = Math.Min(1, sum);
        }

        return explained;
    }

    private int Best(double[] remaining, double[] apart)
    {
        var best = -1;
        var most = 0.0;
        for (var map = 0; map < remaining.Length; map++)
        {
            var power = _spectrum.TotalPower(map);
            var gain = apart[map] > Dependent * power && power > 0 ? remaining[map] * remaining[map] / power : 0;
            if (gain > most)
            {
                (best, most) = (map, gain);
            }
        }

        return best;
    }

    private double[] Orthogonalise(int chosen, List<double[]> directions)
    {
        var direction = (double[])Products(chosen).Clone();
        foreach (var earlier in directions)
        {
            var along = earlier[chosen];
            for (var map = 0; map < direction.Length; map++)
            {
                direction[map] -= along * earlier[map];
            }
        }

        var norm = Math.Sqrt(direction[chosen]);
        for (var map = 0; map < direction.Length; map++)
        {
            direction[map] /= norm;
        }

        return direction;
    }

    // Products of one centred map with all; planes share many of their choices.
    private double[] Products(int chosen)
    {
        if (!_products.TryGetValue(chosen, out var products))
        {
            products = new double[_maps.Rows];
            _workers.For(_maps.Rows, (map, _) => products[map] = Reductions.Dot(_maps.Row(map), _maps.Row(chosen))
                - _maps.Columns * _spectrum.Mean(map) * _spectrum.Mean(chosen));
            _products.Add(chosen, products);
        }

        return products;
    }
}
