using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Options;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Autoencoders.Training.Starts;

/// <summary>Unit rows that a decoder starts from.</summary>
internal static class StartingDirections
{
    private const double LeastSquaredLength = 1e-30;

    /// <summary>Draws the rows.</summary>
    /// <param name="rows"><c>[latents, width]</c>.</param>
    /// <param name="options">What is trained.</param>
    /// <param name="source">The activations that the training reads.</param>
    /// <param name="trainingRows">Its rows that are trained on.</param>
    /// <param name="statistics">What is known of them.</param>
    /// <param name="origin"><c>[width]</c>: what is taken off a row.</param>
    /// <param name="workers">Threads to use.</param>
    /// <exception cref="ArgumentException">There are fewer rows of activations than clusters.</exception>
    public static void Fill(
        Matrix rows, ResolvedOptions options, IActivationSource source, int[] trainingRows, ActivationStatistics statistics,
        double[] origin, Workers workers)
    {
        var random = new RandomStream((ulong)options.Given.Seed, "sae.initialisation");
        switch (options.DecoderStart)
        {
            case DecoderStart.DataPoints:
                DataPoints.Fill(rows, source, trainingRows, random);
                Centre(rows, origin);
                break;
            case DecoderStart.KMeans:
                KMeans.Fill(rows, source, trainingRows, random, workers);
                Centre(rows, origin);
                break;
            case DecoderStart.ActiveSubspace:
                ActiveSubspace.Fill(rows, statistics, random, workers);
                break;
            case DecoderStart.Uniform:
                UniformRows.Fill(rows, 1, random);
                break;
            default:
                FillNormal(rows, random);
                break;
        }

        Normalise(rows, random);
    }

    private static void FillNormal(Matrix rows, RandomStream random)
    {
        for (var row = 0; row < rows.Rows; row++)
        {
            random.FillNormal(rows.Row(row));
        }
    }

    private static void Centre(Matrix rows, double[] origin)
    {
        for (var row = 0; row < rows.Rows; row++)
        {
            var values = rows.Row(row);
            for (var column = 0; column < values.Length; column++)
            {
                values[column] -= (float)origin[column];
            }
        }
    }

    // A point at the origin has no direction: a random one takes its place.
    private static void Normalise(Matrix rows, RandomStream random)
    {
        for (var row = 0; row < rows.Rows; row++)
        {
            var values = rows.Row(row);
            if (Reductions.SumOfSquares(values) < LeastSquaredLength)
            {
                random.FillNormal(values);
            }

            Elementwise.Scale(values, (float)(1 / Math.Sqrt(Reductions.SumOfSquares(values))));
        }
    }
}
