namespace Husai.Analysis.Circuits;

/// <summary>Closed forms of the best-plane energy of random directions over orthogonal planes.</summary>
internal static class IsotropicEnergy
{
    /// <summary>
    /// Isotropic directions: 2 H_m / d. The energies of m orthogonal planes are proportional to independent exponential variables, whose
    /// largest has mean H_m.
    /// </summary>
    /// <param name="planes">Number m of planes.</param>
    /// <param name="width">Dimension d of the space, at least 2 m.</param>
    public static double Best(int planes, int width) => 2 * Harmonic(planes) / width;

    /// <summary>Directions spread evenly over m orthogonal planes and nothing else: H_m / m.</summary>
    /// <param name="planes">Number m of planes.</param>
    public static double BestWithinPlanes(int planes) => Harmonic(planes) / planes;

    private static double Harmonic(int count) => Enumerable.Range(1, count).Sum(i => 1.0 / i);
}
