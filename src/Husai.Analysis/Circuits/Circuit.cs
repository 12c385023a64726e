using Husai.Analysis.Geometry;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Circuits;

/// <summary>
/// What the activations of one site carry, known from the task: the planes of the waves along a, b, a + b and a - b, and the mean
/// activation of each answer.
/// </summary>
public sealed class Circuit
{
    private Circuit(int modulus, Covariance covariance, IReadOnlyList<FourierPlane> planes, Matrix answerCentroids, double answerShare)
    {
        Modulus = modulus;
        Covariance = covariance;
        Planes = planes;
        AnswerCentroids = answerCentroids;
        AnswerShare = answerShare;
    }

    /// <summary>The modulus p.</summary>
    public int Modulus { get; }

    /// <summary>Covariance of the activations.</summary>
    public Covariance Covariance { get; }

    /// <summary>The planes that hold enough variance, largest first; coincident ones of a frequency merged.</summary>
    public IReadOnlyList<FourierPlane> Planes { get; }

    /// <summary>For each answer the mean of the activations about the overall mean, <c>[p, width]</c>.</summary>
    public Matrix AnswerCentroids { get; }

    /// <summary>Share of the variance that the answer alone explains.</summary>
    public double AnswerShare { get; }

    /// <summary>Share of the variance in the planes.</summary>
    public double PlaneShare => Planes.Sum(plane => plane.VarianceShare);

    /// <summary>The planes' frequencies, ascending.</summary>
    public IReadOnlyList<int> Frequencies => [.. Planes.Select(plane => plane.Frequency).Distinct().Order()];

    /// <summary>Finds the circuit of a site.</summary>
    /// <param name="activations"><c>[p², width]</c>: the row of input (a, b) is a p + b.</param>
    /// <param name="modulus">The modulus p, odd.</param>
    /// <param name="options">Which planes count.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <param name="covariance">The activations' covariance, where it is at hand; computed otherwise.</param>
    /// <exception cref="ArgumentException">The activations are not those of all p² inputs, do not vary, or are not finite.</exception>
    public static Circuit Of(
        Matrix activations, int modulus, CircuitOptions? options = null, Workers? workers = null, Covariance? covariance = null)
    {
        ArgumentNullException.ThrowIfNull(activations);
        if (activations.Rows != (long)modulus * modulus)
        {
            throw new ArgumentException(
                $"activations are {activations.Shape} where the {modulus}² inputs are needed", nameof(activations));
        }

        covariance ??= Covariance.Of(activations, workers);
        var total = covariance.Total * activations.Rows;
        if (!(total > 0) || !double.IsFinite(total))
        {
            throw new ArgumentException("the activations do not vary or are not finite", nameof(activations));
        }

        options ??= new CircuitOptions();
        var spectrum = LineSpectrum.Of(activations.Transpose(), modulus, workers);
        var centroids = MeanOfAnswers(activations, modulus, covariance.Mean);
        var answerPower = 0.0;
        for (var answer = 0; answer < modulus; answer++)
        {
            answerPower += modulus * Reductions.SumOfSquares(centroids.Row(answer));
        }

        return new Circuit(modulus, covariance, PlaneFinder.Find(spectrum, total, options), centroids, answerPower / total);
    }

    private static Matrix MeanOfAnswers(Matrix activations, int modulus, double[] mean)
    {
        var centroids = new Matrix(modulus, activations.Columns);
        var sums = new double[activations.Columns];
        for (var answer = 0; answer < modulus; answer++)
        {
            Array.Clear(sums);
            for (var a = 0; a < modulus; a++)
            {
                var row = activations.Row(a * modulus + (answer - a + modulus) % modulus);
                for (var i = 0; i < sums.Length; i++)
                {
                    sums[i] += row[i];
                }
            }

            for (var i = 0; i < sums.Length; i++)
            {
                centroids.Row(answer)[i] = (float)(sums[i] / modulus - mean[i]);
            }
        }

        return centroids;
    }
}
