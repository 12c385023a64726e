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
        return OfPlanes([plane], mostLatents)[0];
    }

    /// <summary>The same of several planes, whose waves are pursued side by side: each map is read once for the choices of all.</summary>
    /// <param name="planes">The planes.</param>
    /// <param name="mostLatents">Largest number of latents.</param>
    /// <returns>For each plane R² with n latents at index n - 1, never falling.</returns>
    public double[][] OfPlanes(IReadOnlyList<FourierPlane> planes, int mostLatents)
    {
        ArgumentNullException.ThrowIfNull(planes);
        double[] powers = [.. Enumerable.Range(0, _spectrum.Maps).Select(_spectrum.TotalPower)];
        var pursuits = planes.Select(plane => plane.Lines.SelectMany(line => (ProbePursuit[])
        [
            new ProbePursuit(Target(line, plane.Frequency, useSine: false), powers),
            new ProbePursuit(Target(line, plane.Frequency, useSine: true), powers),
        ]).ToArray()).ToArray();
        var results = Array.ConvertAll(pursuits, _ => new double[mostLatents]);
        for (var n = 0; n < mostLatents; n++)
        {
            foreach (var pursuit in pursuits.SelectMany(ofPlane => ofPlane))
            {
                pursuit.Choose();
            }

            for (var plane = 0; plane < results.Length; plane++)
            {
                foreach (var pursuit in pursuits[plane])
                {
                    results[plane][n] += pursuit.Explained / pursuits[plane].Length;
                }
            }

            // Nothing is chosen after the last.
            if (n + 1 < mostLatents)
            {
                Advance([.. pursuits.SelectMany(ofPlane => ofPlane).Where(pursuit => pursuit.Chosen >= 0)]);
            }
        }

        return results;
    }

    // Products of the unit wave with each map: the map's own coefficients.
    private double[] Target(GridLine line, int frequency, bool useSine) =>
        [.. Enumerable.Range(0, _spectrum.Maps).Select(map =>
            useSine ? _spectrum.Sine(map, line, frequency) : _spectrum.Cosine(map, line, frequency))];

    // Products of the chosen maps, less their means, with all maps; waves share many of their choices.
    private void Advance(ProbePursuit[] pursuits)
    {
        int[] chosen = [.. pursuits.Select(pursuit => pursuit.Chosen).Where(map => !_products.ContainsKey(map)).Distinct()];
        var products = Array.ConvertAll(chosen, _ => new double[_maps.Rows]);
        _workers.For(_maps.Rows, (map, _) =>
        {
            var ofMap = new double[chosen.Length];
            Reductions.Dots(ofMap, _maps.Row(map), _maps, chosen);
            for (var n = 0; n < chosen.Length; n++)
            {
                products[n][map] = ofMap[n] - _maps.Columns * _spectrum.Mean(map) * _spectrum.Mean(chosen[n]);
            }
        });
        for (var n = 0; n < chosen.Length; n++)
        {
            _products.Add(chosen[n], products[n]);
        }

        _workers.For(pursuits.Length, (pursuit, _) => pursuits[pursuit].Take(_products[pursuits[pursuit].Chosen]));
    }
}
