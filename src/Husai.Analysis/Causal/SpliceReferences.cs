using Husai.Analysis.Circuits;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Causal;

/// <summary>What the answers at a site are compared with after a splice; it is the same for all reconstructions.</summary>
/// <param name="Clean">Scores of the activations themselves.</param>
/// <param name="MeanAblated">Scores with the mean activation in the place of each.</param>
/// <param name="ZeroAblated">Scores with zeros in their place.</param>
/// <param name="Answers">The clean answers.</param>
internal sealed record SpliceReferences(LogitScores Clean, LogitScores MeanAblated, LogitScores ZeroAblated, Divergence Answers)
{
    /// <summary>Computes them.</summary>
    /// <param name="activations"><c>[p², width]</c>.</param>
    /// <param name="circuit">The site's circuit.</param>
    /// <param name="logitsOf">The model from this site on: activations of all inputs to logits.</param>
    /// <param name="answers">The right answers.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public static SpliceReferences Of(
        Matrix activations, Circuit circuit, Func<Matrix, Matrix> logitsOf, AnswerKey answers, Workers? workers)
    {
        var clean = logitsOf(activations);
        var mean = new Matrix(activations.Rows, activations.Columns);
        float[] row = [.. circuit.Covariance.Mean.Select(value => (float)value)];
        for (var input = 0; input < mean.Rows; input++)
        {
            row.CopyTo(mean.Row(input));
        }

        return new SpliceReferences(
            LogitScores.Of(clean, answers, workers), LogitScores.Of(logitsOf(mean), answers, workers),
            LogitScores.Of(logitsOf(new Matrix(mean.Rows, mean.Columns)), answers, workers), new Divergence(clean));
    }
}
