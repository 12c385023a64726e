using Husai.Numerics.Decompositions;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Geometry;

/// <summary>Mean and covariance of activations, in double precision.</summary>
public sealed class Covariance
{
    private SymmetricEigen? _eigen;
    private Matrix? _squareRoot;

    private Covariance(int rows, double[] mean, double[,] values)
    {
        Rows = rows;
        Mean = mean;
        Values = values;
    }

    /// <summary>Number of rows behind it.</summary>
    public int Rows { get; }

    /// <summary>Mean of each column.</summary>
    public double[] Mean { get; }

    /// <summary>Covariance, <c>[width, width]</c>, divided by the number of rows.</summary>
    public double[,] Values { get; }

    /// <summary>Width of the activations.</summary>
    public int Width => Mean.Length;

    /// <summary>Sum of the variances of all columns.</summary>
    public double Total
    {
        get
        {
            var sum = 0.0;
            for (var i = 0; i < Width; i++)
            {
                sum += Values[i, i];
            }

            return sum;
        }
    }

    /// <summary>Its eigenvalues and eigenvectors; computed once.</summary>
    public SymmetricEigen Eigen => Decompose(null);

    /// <summary>Its eigenvalues and eigenvectors, computed once by several threads.</summary>
    internal SymmetricEigen Decompose(Workers? workers) => _eigen ??= SymmetricEigen.Of(Values, workers);

    /// <summary>Computes mean and covariance of the rows.</summary>
    /// <param name="activations"><c>[rows, width]</c>, at least one row.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public static Covariance Of(Matrix activations, Workers? workers = null)
    {
        RequireRows(activations);
        var mean = new double[activations.Columns];
        Reductions.ColumnSums(mean.AsSpan(), activations, workers);
        for (var i = 0; i < mean.Length; i++)
        {
            mean[i] /= activations.Rows;
        }

        return new Covariance(activations.Rows, mean, CrossProducts.Of(activations, mean, workers));
    }

    /// <summary>
    /// Mean and covariance of rows that come in chunks, which are read twice. The mean's sums are those of the chunks, added in order:
    /// other chunks may give other last bits.
    /// </summary>
    /// <param name="width">Width of the rows.</param>
    /// <param name="chunks">Gives all chunks, <c>[rows, width]</c>, in order; at least one row.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    internal static Covariance OfChunks(int width, Func<IEnumerable<Matrix>> chunks, Workers? workers)
    {
        var mean = new double[width];
        var sums = new double[width];
        long rows = 0;
        foreach (var chunk in chunks())
        {
            Reductions.ColumnSums(sums.AsSpan(), chunk, workers);
            for (var i = 0; i < width; i++)
            {
                mean[i] += sums[i];
            }

            rows += chunk.Rows;
        }

        for (var i = 0; i < width; i++)
        {
            mean[i] /= rows;
        }

        var products = new CrossProducts(mean);
        foreach (var chunk in chunks())
        {
            products.Add(chunk, workers);
        }

        return new Covariance((int)rows, mean, products.ToMatrix());
    }

    /// <summary>A covariance that is known already.</summary>
    /// <param name="values">Covariance, <c>[width, width]</c>, symmetric.</param>
    /// <param name="mean">Mean of each column.</param>
    /// <param name="rows">Number of rows behind it.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public static Covariance FromValues(double[,] values, double[] mean, int rows)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(mean);
        return values.GetLength(0) == mean.Length && values.GetLength(1) == mean.Length
            ? new Covariance(rows, mean, values)
            : throw new ArgumentException(
                $"a covariance of [{values.GetLength(0)}, {values.GetLength(1)}] and {mean.Length} means do not fit", nameof(values));
    }

    /// <summary>The matrix of second moments of rows as they are, as a covariance about zero.</summary>
    internal static Covariance About0(Matrix rows, Workers? workers = null)
    {
        RequireRows(rows);
        var mean = new double[rows.Columns];
        return new Covariance(rows.Rows, mean, CrossProducts.Of(rows, mean, workers));
    }

    /// <summary>Second moments of unit rows, as a covariance about zero.</summary>
    internal static Covariance OfUnitRows(Matrix unitRows, Workers? workers) =>
        new(unitRows.Rows, new double[unitRows.Columns], SecondMoments.Of(unitRows, workers));

    /// <summary>Second moments of the rows of several matrices together.</summary>
    /// <param name="parts">Second moments of each, about zero, of one width.</param>
    internal static Covariance Pooled(IReadOnlyList<Covariance> parts)
    {
        var width = parts[0].Width;
        var rows = parts.Sum(part => part.Rows);
        var values = new double[width, width];
        foreach (var part in parts)
        {
            for (var i = 0; i < width; i++)
            {
                for (var j = 0; j < width; j++)
                {
                    values[i, j] += part.Values[i, j] * part.Rows / rows;
                }
            }
        }

        return new Covariance(rows, new double[width], values);
    }

    /// <summary>
    /// A square root L with L Lᵀ = covariance, <c>[width, width]</c>, lower triangular (Cholesky): L times a standard normal vector has
    /// this covariance. It is computed once: all callers get the same matrix, to read.
    /// </summary>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public Matrix SquareRoot(Workers? workers = null) => _squareRoot ??= Cholesky.Root(Values, workers);

    private static void RequireRows(Matrix rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Rows == 0)
        {
            throw new ArgumentException($"{rows.Shape} has no rows", nameof(rows));
        }
    }
}
