using Husai.Numerics;

namespace Husai.Analysis;

/// <summary>Mean and covariance of activations, in double precision.</summary>
public sealed class Covariance
{
    private SymmetricEigen? _eigen;

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
    public SymmetricEigen Eigen => _eigen ??= SymmetricEigen.Of(Values);

    /// <summary>Computes mean and covariance of the rows.</summary>
    /// <param name="activations"><c>[rows, width]</c>, at least one row.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public static Covariance Of(Matrix activations, Workers? workers = null) => Of(activations, centre: true, workers);

    /// <summary>The matrix of second moments of unit directions, as a covariance about zero.</summary>
    internal static Covariance About0(Matrix rows, Workers? workers = null) => Of(rows, centre: false, workers);

    /// <summary>The symmetric square root, <c>[width, width]</c>: normal rows times it have this covariance.</summary>
    public Matrix SquareRoot()
    {
        var result = new Matrix(Width, Width);
        for (var i = 0; i < Width; i++)
        {
            for (var j = 0; j < Width; j++)
            {
                var sum = 0.0;
                for (var k = 0; k < Width; k++)
                {
                    sum += Eigen.Vectors[k, i] * Math.Sqrt(Math.Max(0, Eigen.Values[k])) * Eigen.Vectors[k, j];
                }

                result[i, j] = (float)sum;
            }
        }

        return result;
    }

    private static Covariance Of(Matrix activations, bool centre, Workers? workers)
    {
        ArgumentNullException.ThrowIfNull(activations);
        if (activations.Rows == 0)
        {
            throw new ArgumentException($"{activations.Shape} has no rows", nameof(activations));
        }

        var width = activations.Columns;
        var mean = new double[width];
        if (centre)
        {
            Reductions.ColumnSums(mean.AsSpan(), activations, workers);
            for (var i = 0; i < width; i++)
            {
                mean[i] /= activations.Rows;
            }
        }

        var values = new double[width, width];
        (workers ?? Workers.Alone).For(width, (i, _) => AccumulateRow(values, activations, mean, i));
        for (var i = 0; i < width; i++)
        {
            for (var j = 0; j < i; j++)
            {
                values[i, j] = values[j, i];
            }
        }

        return new Covariance(activations.Rows, mean, values);
    }

    private static void AccumulateRow(double[,] values, Matrix activations, double[] mean, int i)
    {
        var sums = new double[mean.Length];
        for (var row = 0; row < activations.Rows; row++)
        {
            var x = activations.Row(row);
            var left = x[i] - mean[i];
            for (var j = i; j < sums.Length; j++)
            {
                sums[j] += left * (x[j] - mean[j]);
            }
        }

        for (var j = i; j < sums.Length; j++)
        {
            values[i, j] = sums[j] / activations.Rows;
        }
    }
}
