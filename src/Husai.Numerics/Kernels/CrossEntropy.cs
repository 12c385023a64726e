namespace Husai.Numerics;

/// <summary>
/// Softmax cross-entropy of each row against one target class, computed in double precision so that losses of 1e-8 and
/// their gradients keep their digits.
/// </summary>
public static class CrossEntropy
{
    /// <summary>Mean loss over the rows, in nats.</summary>
    /// <param name="logits"><c>[rows, classes]</c>.</param>
    /// <param name="targets">One class for each row.</param>
    /// <param name="rowLosses">Receives the loss of each row; may be empty.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public static double Forward(
        Matrix logits, ReadOnlySpan<int> targets, Span<double> rowLosses, Workers? workers = null) =>
        ForwardBackward(null, logits, targets, rowLosses, 1.0, workers);

    /// <summary>
    /// Mean loss over the rows, and the gradient of <c>scale * (sum of losses)</c> in the logits. The target's own gradient is minus the
    /// sum of the others, so that the row sums to zero however small the loss is.
    /// </summary>
    /// <param name="logitGradient"><c>[rows, classes]</c>, or null for none; may be <paramref name="logits"/> itself.</param>
    /// <param name="logits"><c>[rows, classes]</c>.</param>
    /// <param name="targets">One class for each row.</param>
    /// <param name="rowLosses">Receives the loss of each row; may be empty.</param>
    /// <param name="scale">Weight of a row's loss in the gradient: 1 / rows for a mean.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public static double ForwardBackward(
        Matrix? logitGradient, Matrix logits, ReadOnlySpan<int> targets, Span<double> rowLosses, double scale, Workers? workers = null)
    {
        var total = 0.0;
        for (var row = 0; row < logits.Rows; row++)
        {
            var source = logits.Row(row);
            var target = targets[row];
            var max = float.NegativeInfinity;
            foreach (var value in source)
            {
                max = Math.Max(max, value);
            }

            var sum = 0.0;
            var others = 0.0;
            var e = new double[source.Length];
            for (var i = 0; i < source.Length; i++)
            {
                e[i] = Math.Exp((double)source[i] - max);
                sum += e[i];
                others += i == target ? 0 : e[i];
            }

            var loss = Math.Log(sum) - ((double)source[target] - max);
            if (source[target] == max)
            {
                loss = Math.Log(1 + others);
            }

            total += loss;
            if (!rowLosses.IsEmpty)
            {
                rowLosses[row] = loss;
            }

            if (logitGradient is not null)
            {
                var g = logitGradient.Row(row);
                for (var i = 0; i < g.Length; i++)
                {
                    g[i] = (float)(scale * (i == target ? -others : e[i]) / sum);
                }
            }
        }

        return total / logits.Rows;
    }
}
