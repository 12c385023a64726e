using Husai.Autoencoders.Activations;
using Husai.Numerics.Decompositions;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Autoencoders.Training;

/// <summary>What initialisation needs to know of the activations, from a sample of the training rows.</summary>
internal sealed class ActivationStatistics
{
    private const int LargestSample = 8192;

    public ActivationStatistics(IActivationSource source, int[] trainRows)
    {
        Sample = new Matrix(Math.Min(trainRows.Length, LargestSample), source.Width);
        source.CopyRows(trainRows.AsSpan(0, Sample.Rows), Sample);
        var sums = new double[source.Width];
        Reductions.ColumnSums(sums, Sample);
        Mean = Array.ConvertAll(sums, sum => sum / Sample.Rows);
        for (var row = 0; row < Sample.Rows; row++)
        {
            Variance += SquaredDistance(row, Mean);
        }

        if (!double.IsFinite(Variance))
        {
            NonFiniteActivationsException.ThrowIfAny(source, trainRows.AsSpan(0, Sample.Rows));
        }

        Variance /= Sample.Rows;
    }

    /// <summary><c>[rows, width]</c>.</summary>
    public Matrix Sample { get; }

    /// <summary>Mean row.</summary>
    public double[] Mean { get; }

    /// <summary>Mean squared distance from the mean row.</summary>
    public double Variance { get; }

    /// <summary>The covariance's eigenvectors, with the variance along each.</summary>
    /// <param name="workers">Threads to use.</param>
    public SymmetricEigen PrincipalDirections(Workers workers) =>
        SymmetricEigen.Of(CrossProducts.Of(Sample, Mean, workers), workers);

    /// <summary>Mean distance of the rows from a point of their space.</summary>
    public double MeanDistance(double[] point)
    {
        var sum = 0.0;
        for (var row = 0; row < Sample.Rows; row++)
        {
            sum += Math.Sqrt(SquaredDistance(row, point));
        }

        return sum / Sample.Rows;
    }

    /// <summary>The point with the least sum of distances to the rows, by Weiszfeld's iteration.</summary>
    public double[] GeometricMedian()
    {
        const int mostIterations = 100;
        const double tolerance = 1e-6;
        var median = Mean;
        for (var iteration = 0; iteration < mostIterations; iteration++)
        {
            var next = new double[median.Length];
            var weights = 0.0;
            for (var row = 0; row < Sample.Rows; row++)
            {
                var x = Sample.Row(row);
                var weight = 1 / Math.Max(Math.Sqrt(SquaredDistance(row, median)), 1e-12);
                weights += weight;
                DoublePrecision.AddMultiple(next, x, weight);
            }

            var moved = 0.0;
            for (var column = 0; column < next.Length; column++)
            {
                next[column] /= weights;
                moved += (next[column] - median[column]) * (next[column] - median[column]);
            }

            median = next;
            // Measured by the spread, not by the length of the rows: a constant added to all of them changes nothing.
            if (moved <= tolerance * tolerance * Variance)
            {
                break;
            }
        }

        return median;
    }

    private double SquaredDistance(int row, double[] point)
    {
        var x = Sample.Row(row);
        var squares = 0.0;
        for (var column = 0; column < x.Length; column++)
        {
            squares += (x[column] - point[column]) * (x[column] - point[column]);
        }

        return squares;
    }
}
