using Husai.Analysis.Matching;
using Husai.Numerics.Matrices;

namespace Husai.Analysis.Circuits;

/// <summary>
/// Matching score of planes: like GT-MCC (Song et al. 2025), with projections on planes in place of cosines to fixed axes, so
/// that a latent's phase within its plane does not matter.
/// </summary>
internal static class PlaneMatch
{
    /// <summary>Each plane is there this often, so that several phases of a frequency can all count.</summary>
    public const int SlotsPerPlane = 4;

    /// <summary>Mean over the slots of the root energy of the latent matched to it one to one; slots that get none count 0.</summary>
    public static double Score(PlaneEnergies energies)
    {
        ArgumentNullException.ThrowIfNull(energies);
        return Score(energies.Directions, energies.Planes, (direction, plane) => energies.Energies[direction, plane]);
    }

    /// <summary>The same of energies wherever they are.</summary>
    internal static double Score(int directions, int planes, Func<int, int, double> energy)
    {
        var slots = planes * SlotsPerPlane;
        var similarities = new Matrix(directions, slots);
        for (var direction = 0; direction < directions; direction++)
        {
            var row = similarities.Row(direction);
            for (var slot = 0; slot < slots; slot++)
            {
                row[slot] = (float)Math.Sqrt(energy(direction, slot / SlotsPerPlane));
            }
        }

        var match = HungarianMatcher.Find(similarities);
        return match.ColumnSimilarity.Sum(value => float.IsNaN(value) ? 0.0 : value) / slots;
    }
}
