using Husai.Analysis.Geometry;
using Husai.Analysis.Statistics;
using Husai.Numerics.Matrices;

namespace Husai.Analysis.Circuits;

/// <summary>Decides which planes are covered.</summary>
internal static class CoverageFinder
{
    /// <summary>Looks at each plane.</summary>
    /// <param name="circuit">The planes.</param>
    /// <param name="energies">Energies of the latents' directions.</param>
    /// <param name="functions">What the latents compute.</param>
    /// <param name="weightedDirections">Unit decoder rows times the root of each latent's variance.</param>
    /// <param name="nullEnergies">Energies of covariance-matched directions.</param>
    public static Coverage Find(
        Circuit circuit, PlaneEnergies energies, LatentFunction[] functions, Matrix weightedDirections, PlaneEnergies nullEnergies)
    {
        var planes = new PlaneCoverage[circuit.Planes.Count];
        for (var plane = 0; plane < planes.Length; plane++)
        {
            var threshold = Percentile.OfSorted<double>([.. Column(nullEnergies, plane).Order()], 0.99);
            var energy = Column(energies, plane);
            var frequency = circuit.Planes[plane].Frequency;
            var latents = Enumerable.Range(0, energy.Length).Where(latent =>
                energy[latent] > threshold && functions[latent].Class == LatentClass.SingleFrequency
                    && functions[latent].Frequency == frequency).ToArray();
            var assigned = Enumerable.Range(0, energy.Length).Where(latent => energies.Best[latent] == plane).ToArray();
            planes[plane] = new PlaneCoverage(
                circuit.Planes[plane].Name, frequency, circuit.Planes[plane].VarianceShare, latents.Length > 0, latents.Length,
                SurroundsOrigin(latents.Where(latent => energies.Best[latent] == plane).Select(latent => energies.Phases[latent])),
                assigned.Length < 2 ? null : SubspaceRecovery(circuit.Planes[plane], weightedDirections, assigned));
        }

        return new Coverage(planes.Length == 0 ? 0 : planes.Count(plane => plane.Covered) / (double)planes.Length, planes);
    }

    private static double[] Column(PlaneEnergies energies, int plane) =>
        [.. Enumerable.Range(0, energies.Directions).Select(direction => energies.Energies[direction, plane])];

    private static bool SurroundsOrigin(IEnumerable<double> phases)
    {
        var sorted = phases.Order().ToArray();
        if (sorted.Length < 3)
        {
            return false;
        }

        var gap = sorted[0] + 2 * Math.PI - sorted[^1];
        for (var i = 1; i < sorted.Length; i++)
        {
            gap = Math.Max(gap, sorted[i] - sorted[i - 1]);
        }

        return gap < Math.PI;
    }

    private static double SubspaceRecovery(FourierPlane plane, Matrix weightedDirections, int[] assigned)
    {
        var top = SubspaceOfRows.Top(weightedDirections.ChosenRows(assigned), Math.Min(2, weightedDirections.Columns));
        var sum = 0.0;
        for (var i = 0; i < plane.Basis.Rows; i++)
        {
            foreach (var direction in top)
            {
                var product = 0.0;
                for (var j = 0; j < direction.Length; j++)
                {
                    product += plane.Basis.Row(i)[j] * direction[j];
                }

                sum += product * product;
            }
        }

        return sum / plane.Basis.Rows;
    }
}
