namespace Husai.Analysis.Circuits;

/// <summary>R² of sparse probes of the planes' waves.</summary>
/// <param name="Latents">Numbers of latents.</param>
/// <param name="Mean">For each of them the mean over the planes.</param>
/// <param name="Planes">For each plane and number of latents.</param>
public sealed record ProbeResult(IReadOnlyList<int> Latents, IReadOnlyList<double> Mean, IReadOnlyList<IReadOnlyList<double>> Planes)
{
    /// <summary>
    /// The number of latents that tables and comparisons go by: as many as predict both waves of a plane exactly
    /// (<see cref="SparseProbe"/>).
    /// </summary>
    public const int ComparedLatents = 4;

    /// <summary>Mean over the planes for a number of latents; null where it was not measured.</summary>
    /// <param name="latents">Number of latents.</param>
    public double? At(int latents) => At(latents, Mean);

    /// <summary>The value for a number of latents; null where it was not measured.</summary>
    /// <param name="latents">Number of latents.</param>
    /// <param name="values">One for each of <see cref="Latents"/>, or none.</param>
    public double? At(int latents, IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var index = Latents.ToList().IndexOf(latents);
        return index >= 0 && index < values.Count ? values[index] : null;
    }

    /// <summary>Mean over some of the planes, for each number of latents; empty when none is chosen.</summary>
    internal IReadOnlyList<double> MeanOver(IReadOnlyList<FourierPlane> planes, Func<FourierPlane, bool> choose)
    {
        var chosen = Planes.Where((_, index) => choose(planes[index])).ToArray();
        return chosen.Length == 0 ? [] : [.. Latents.Select((_, n) => chosen.Average(plane => plane[n]))];
    }
}
