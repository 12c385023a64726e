using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;
using Husai.Numerics.Randomness;

namespace Husai.Autoencoders.Training.Starts;

/// <summary>The span of the leading principal directions of activations.</summary>
internal static class ActiveSubspace
{
    /// <summary>Share of the variance that the directions hold.</summary>
    public const double VarianceShare = 0.99;

    /// <summary>Fills a matrix with normally distributed points of the span.</summary>
    /// <param name="points"><c>[points, width]</c>.</param>
    /// <param name="statistics">The activations.</param>
    /// <param name="random">Draws the coordinates.</param>
    /// <param name="workers">Threads to use.</param>
    public static void Fill(Matrix points, ActivationStatistics statistics, RandomStream random, Workers workers)
    {
        var basis = Basis(statistics, workers);
        var coordinates = new Matrix(points.Rows, basis.Rows);
        random.FillNormal(coordinates, workers);
        MatrixProduct.Multiply(points, coordinates, basis, workers: workers);
    }

    /// <summary>The leading principal directions, <c>[dimension, width]</c>: the fewest that hold the share; at least one.</summary>
    public static Matrix Basis(ActivationStatistics statistics, Workers workers)
    {
        var eigen = statistics.PrincipalDirections(workers);
        var wanted = VarianceShare * eigen.Values.Where(value => value > 0).Sum();
        var held = eigen.Values[0];
        var dimension = 1;
        for (; dimension < eigen.Values.Length && held < wanted; dimension++)
        {
            held += eigen.Values[dimension];
        }

        var basis = new Matrix(dimension, statistics.Sample.Columns);
        for (var row = 0; row < dimension; row++)
        {
            for (var column = 0; column < basis.Columns; column++)
            {
                basis[row, column] = (float)eigen.Vectors[row, column];
            }
        }

        return basis;
    }
}
