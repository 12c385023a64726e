using Husai.Analysis.Chance;
using Husai.Analysis.Geometry;
using Husai.Analysis.Similarity;
using Husai.Analysis.Statistics;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Stability;

/// <summary>Overlap of the subspaces that dictionaries span, and that of directions drawn like the activations.</summary>
internal sealed class SubspaceComparison(Covariance? activations, StabilityOptions options, Workers? workers)
{
    private readonly Matrix? _squareRoot = activations?.SquareRoot(workers);

    /// <summary>Overlap of the main directions, for each dimension below the width that every dictionary has latents for.</summary>
    public IReadOnlyList<SubspaceAgreement> Main(IReadOnlyList<Matrix> directions)
    {
        var fewest = directions.Min(rows => rows.Rows);
        var width = directions[0].Columns;
        int[] dimensions = [.. options.SubspaceDimensions.Where(dimension => dimension < width && dimension <= fewest)];
        var bases = Decompose(directions);
        var random = Random([.. directions.Select(rows => rows.Rows)]);
        return [.. dimensions.Select(dimension => Agreement(dimension, bases, random))];
    }

    /// <summary>Overlap of the subspaces of unstable latents, at the dimension of the smallest such set, at most half the width.</summary>
    public SubspaceAgreement? Unstable(IReadOnlyList<LatentDictionary> dictionaries, IReadOnlyList<LatentStability> latents)
    {
        var sets = dictionaries.Select((_, sae) =>
            latents.Where(latent => latent.Sae == sae && latent.IsUnstable).Select(latent => latent.Latent).ToArray()).ToArray();
        var dimension = Math.Min(sets.Min(set => set.Length), dictionaries[0].Width / 2);
        if (dimension == 0)
        {
            return null;
        }

        var directions = sets.Select((set, sae) => new LatentSelection(set, 0, 0).RowsOf(dictionaries[sae].Decoder)).ToArray();
        return Agreement(dimension, Decompose(directions), Random([.. sets.Select(set => set.Length)]));
    }

    private double[][,]? Random(int[] sizes) => _squareRoot is null ? null : Decompose(
    [
        .. sizes.Select((size, index) =>
            RandomDirections.WithCovariance(
                size, _squareRoot, new RandomStream(options.ChanceSeed, "chance.subspace", (uint)index), workers)),
    ]);

    private double[][,] Decompose(IReadOnlyList<Matrix> directions) =>
        [.. directions.Select(rows => Subspace.Top(UnitRows.Of(rows), rows.Columns, workers))];

    private SubspaceAgreement Agreement(int dimension, double[][,] bases, double[][,]? random)
    {
        var overlaps = Overlaps(bases, dimension);
        return new SubspaceAgreement(
            dimension, PairMean.Of(overlaps), dimension / (double)bases[0].GetLength(1),
            random is null ? null : PairMean.Of(Overlaps(random, dimension)))
        {
            Interval = Jackknife.OfPairs(overlaps, options.Confidence),
        };
    }

    private static double[][] Overlaps(double[][,] bases, int dimension)
    {
        var leading = Array.ConvertAll(bases, basis => Subspace.Leading(basis, dimension));
        return [
            .. leading.Select((first, i) =>
                leading.Select((second, j) => i == j ? 1 : i < j ? Subspace.Overlap(first, second) : Subspace.Overlap(second, first))
                    .ToArray())];
    }
}
