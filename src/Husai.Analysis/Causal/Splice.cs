using Husai.Analysis.Circuits;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Causal;

/// <summary>Replaces a site's activations and reads the model's answers.</summary>
internal static class Splice
{
    /// <summary>Measures a reconstruction.</summary>
    /// <param name="activations"><c>[p², width]</c>.</param>
    /// <param name="reconstruction">The same shape.</param>
    /// <param name="circuit">The site's circuit.</param>
    /// <param name="logitsOf">The model from this site on: activations of all inputs to logits.</param>
    /// <param name="answers">The right answers.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static SpliceResult Measure(
        Matrix activations, Matrix reconstruction, Circuit circuit, Func<Matrix, Matrix> logitsOf, AnswerKey answers,
        Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(activations);
        ArgumentNullException.ThrowIfNull(reconstruction);
        ArgumentNullException.ThrowIfNull(circuit);
        ArgumentNullException.ThrowIfNull(logitsOf);
        return Measure(
            activations, reconstruction, circuit, SpliceReferences.Of(activations, circuit, logitsOf, answers, workers), logitsOf, answers,
            workers);
    }

    /// <summary>Measures a reconstruction beside references that are at hand.</summary>
    internal static SpliceResult Measure(
        Matrix activations, Matrix reconstruction, Circuit circuit, SpliceReferences references, Func<Matrix, Matrix> logitsOf,
        AnswerKey answers, Workers? workers)
    {
        if (activations.Rows != reconstruction.Rows || activations.Columns != reconstruction.Columns)
        {
            throw new ArgumentException(
                $"activations are {activations.Shape} but the reconstruction {reconstruction.Shape}", nameof(reconstruction));
        }

        var spliced = logitsOf(reconstruction);
        return new SpliceResult(
            references.Clean, LogitScores.Of(spliced, answers, workers), references.MeanAblated, references.ZeroAblated,
            references.Answers.Mean(spliced), PlaneErrors(activations, reconstruction, circuit, workers));
    }

    private static double[] PlaneErrors(Matrix activations, Matrix reconstruction, Circuit circuit, Workers? workers)
    {
        var error = activations.Clone();
        for (var row = 0; row < error.Rows; row++)
        {
            Elementwise.Subtract(error.Row(row), reconstruction.Row(row));
        }

        var spectrum = LineSpectrum.Of(error.Transpose(), circuit.Modulus, workers);
        return
        [
            .. circuit.Planes.Select(plane =>
                plane.Lines.Sum(line => Enumerable.Range(0, spectrum.Maps).Sum(i => spectrum.Power(i, line, plane.Frequency)))
                / (plane.VarianceShare * circuit.Covariance.Total * activations.Rows)),
        ];
    }
}
