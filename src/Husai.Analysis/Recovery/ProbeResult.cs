namespace Husai.Analysis;

/// <summary>R² of sparse probes of the planes' waves.</summary>
/// <param name="Latents">Numbers of latents.</param>
/// <param name="Mean">For each of them the mean over the planes.</param>
/// <param name="Planes">For each plane and number of latents.</param>
public sealed record ProbeResult(IReadOnlyList<int> Latents, IReadOnlyList<double> Mean, IReadOnlyList<IReadOnlyList<double>> Planes)
{
    /// <summary>Mean over some of the planes, for each number of latents; empty when none is chosen.</summary>
    internal IReadOnlyList<double> MeanOver(IReadOnlyList<FourierPlane> planes, Func<FourierPlane, bool> choose)
    {
        var chosen = Planes.Where((_, index) => choose(planes[index])).ToArray();
        return chosen.Length == 0 ? [] : [.. Latents.Select((_, n) => chosen.Average(plane => plane[n]))];
    }
}
