using Husai.Numerics;

namespace Husai.Analysis;

/// <summary>Overlap of the subspaces that dictionaries span, beside that of covariance-matched ones.</summary>
internal sealed class SubspaceComparison(Covariance covariance, StabilityOptions options, Workers? workers)
{
    private readonly Matrix _squareRoot = covariance.SquareRoot();

    /// <summary>Overlap of the main directions, for each dimension below the width that every dictionary has latents for.</summary>
    public IReadOnlyList<SubspaceAgreement> Main(IReadOnlyList<Matrix> directions)
    {
        var fewest = directions.Min(rows => rows.Rows);
        var random = directions.Select((rows, index) => Random(rows.Rows, (uint)index)).ToArray();
        int[] dimensions = [.. options.SubspaceDimensions.Where(dimension => dimension < covariance.Width && dimension <= fewest)];
        var bases = Decompose(directions);
        var randomBases = Decompose(random);
        return [.. dimensions.Select(dimension => Agreement(dimension, bases, randomBases))];
    }

    /// <summary>Overlap of the subspaces of unstable latents, at the dimension of the smallest such set, at most half the width.</summary>
    public SubspaceAgreement? Unstable(IReadOnlyList<LatentDictionary> dictionaries, IReadOnlyList<LatentStability> latents)
    {
        var sets = dictionaries.Select((_, sae) => latents.Where(latent => latent.Sae == sae && latent.IsUnstable).Select(latent => latent.Latent).ToArray()).ToArray();
        var dimension = Math.Min(sets.Min(set => set.Length), covariance.Width / 2);
        if (dimension == 0)
        {
            return null;
        }

        var directions = sets.Select((set, sae) => new LatentSelection(set, 0, 0).RowsOf(dictionaries[sae].Decoder)).ToArray();
        return Agreement(dimension, Decompose(directions), Decompose([.. sets.Select((set, index) => Random(set.Length, (uint)index))]));
    }

    private Matrix Random(int rows, uint index) =>
        RandomDirections.WithCovariance(rows, _squareRoot, new RandomStream(options.ChanceSeed, "chance.subspace", index), workers);

    private double[][,] Decompose(IReadOnlyList<Matrix> directions) =>
        [.. directions.Select(rows => Subspace.Top(UnitRows.Of(rows), covariance.Width, workers))];

    private SubspaceAgreement Agreement(int dimension, double[][,] bases, double[][,] random) =>
        new(dimension, MeanOverlap(bases, dimension), dimension / (double)covariance.Width, MeanOverlap(random, dimension));

    private static double MeanOverlap(double[][,] bases, int dimension)
    {
        var sum = 0.0;
        var pairs = 0;
        for (var i = 0; i < bases.Length; i++)
        {
            for (var j = i + 1; j < bases.Length; j++)
            {
                sum += Subspace.Overlap(Subspace.Leading(bases[i], dimension), Subspace.Leading(bases[j], dimension));
                pairs++;
            }
        }

        return sum / pairs;
    }
}
