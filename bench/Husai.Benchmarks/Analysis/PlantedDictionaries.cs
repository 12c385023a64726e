using Husai.Analysis.Chance;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.Benchmarks.Analysis;

/// <summary>
/// Dictionaries of random directions that share half of their rows: a shared row of one lies at a cosine of about .9 to its partner in each
/// other, which has another index.
/// </summary>
/// <param name="latents">Rows of each.</param>
/// <param name="width">Columns of each, at least a hundred for cosines near .9.</param>
internal sealed class PlantedDictionaries(int latents, int width)
{
    private const double SharedCosine = 0.9;

    // Each is this much of a shared direction and some of its own, so that two of them meet at the cosine itself.
    private static readonly float _share = (float)Math.Sqrt(SharedCosine);
    private static readonly float _own = (float)Math.Sqrt(1 - SharedCosine);

    /// <summary>The directions that all share, <c>[latents / 2, width]</c>, unit rows.</summary>
    public Matrix Shared { get; } = RandomDirections.Isotropic(latents / 2, width, new RandomStream(0, "bench.planted.shared"));

    /// <summary>Makes one, unit rows; the same number gives the same one.</summary>
    public Matrix Make(uint number)
    {
        var rows = RandomDirections.Isotropic(latents, width, new RandomStream(0, "bench.planted.own", number));
        var order = new RandomStream(0, "bench.planted.order", number).Permutation(latents);
        for (var shared = 0; shared < Shared.Rows; shared++)
        {
            var mixed = rows.Row(order[shared]);
            Elementwise.Scale(mixed, _own);
            Elementwise.MultiplyAdd(mixed, Shared.Row(shared), _share);
        }

        UnitRows.Normalise(rows);
        return rows;
    }
}
