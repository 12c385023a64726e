using Husai.Numerics;

namespace Husai.Autoencoders;

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
        var norms = 0.0;
        for (var row = 0; row < Sample.Rows; row++)
        {
            var x = Sample.Row(row);
            norms += Math.Sqrt(Reductions.SumOfSquares(x));
            for (var column = 0; column < x.Length; column++)
            {
                Variance += (x[column] - Mean[column]) * (x[column] - Mean[column]);
            }
        }

        if (!double.IsFinite(norms))
        {
            NonFiniteActivationsException.ThrowIfAny(source, trainRows.AsSpan(0, Sample.Rows));
        }

        Variance /= Sample.Rows;
        MeanNorm = norms / Sample.Rows;
    }

    /// <summary><c>[rows, width]</c>.</summary>
    public Matrix Sample { get; }

    /// <summary>Mean row.</summary>
    public double[] Mean { get; }

    /// <summary>Mean squared distance from the mean row.</summary>
    public double Variance { get; }

    /// <summary>Mean length of a row.</summary>
    public double MeanNorm { get; }

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
                var squares = 0.0;
                for (var column = 0; column < x.Length; column++)
                {
                    squares += (x[column] - median[column]) * (x[column] - median[column]);
                }

                var weight = 1 / Math.Max(Math.Sqrt(squares), 1e-12);
                weights += weight;
                for (var column = 0; column < x.Length; column++)
                {
                    next[column] += weight * x[column];
                }
            }

            var moved = 0.0;
            for (var column = 0; column < next.Length; column++)
            {
                next[column] /= weights;
                moved += (next[column] - median[column]) * (next[column] - median[column]);
            }

            median = next;
            if (Math.Sqrt(moved) <= tolerance * MeanNorm)
            {
                break;
            }
        }

        return median;
    }
}
