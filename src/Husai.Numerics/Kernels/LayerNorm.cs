namespace Husai.Numerics;

/// <summary>Layer normalisation over each row: biased variance, epsilon inside the square root.</summary>
public static class LayerNorm
{
    /// <summary>Writes <c>normalised * gain + bias</c>, and keeps what the backward pass needs.</summary>
    /// <param name="result"><c>[rows, width]</c>; may be <paramref name="input"/>.</param>
    /// <param name="normalised"><c>[rows, width]</c>: receives (x - mean) / deviation.</param>
    /// <param name="inverseDeviation">One for each row: receives 1 / sqrt(variance + epsilon).</param>
    /// <param name="input"><c>[rows, width]</c>.</param>
    /// <param name="gain">One for each column.</param>
    /// <param name="bias">One for each column.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public static void Forward(
        Matrix result, Matrix normalised, Span<float> inverseDeviation, Matrix input,
        ReadOnlySpan<float> gain, ReadOnlySpan<float> bias, float epsilon = 1e-5f, Workers? workers = null)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var x = input.Row(row);
            double mean = 0, variance = 0;
            foreach (var value in x)
            {
                mean += value;
            }

            mean /= x.Length;
            foreach (var value in x)
            {
                variance += (value - mean) * (value - mean);
            }

            var inverse = 1 / Math.Sqrt(variance / x.Length + epsilon);
            inverseDeviation[row] = (float)inverse;
            for (var i = 0; i < x.Length; i++)
            {
                normalised.Row(row)[i] = (float)((x[i] - mean) * inverse);
            }

            for (var i = 0; i < x.Length; i++)
            {
                result.Row(row)[i] = normalised.Row(row)[i] * gain[i] + bias[i];
            }
        }
    }

    /// <summary>Writes the gradient of the input and adds the gradients of gain and bias to what is there.</summary>
    public static void Backward(
        Matrix inputGradient, Span<float> gainGradient, Span<float> biasGradient, Matrix outputGradient,
        Matrix normalised, ReadOnlySpan<float> inverseDeviation, ReadOnlySpan<float> gain, Workers? workers = null)
    {
        for (var row = 0; row < normalised.Rows; row++)
        {
            var g = outputGradient.Row(row);
            var n = normalised.Row(row);
            double mean = 0, meanN = 0;
            for (var i = 0; i < g.Length; i++)
            {
                gainGradient[i] += g[i] * n[i];
                biasGradient[i] += g[i];
                mean += g[i] * gain[i];
                meanN += g[i] * gain[i] * n[i];
            }

            mean /= g.Length;
            meanN /= g.Length;
            var target = inputGradient.Row(row);
            for (var i = 0; i < g.Length; i++)
            {
                target[i] = (float)((g[i] * gain[i] - mean - n[i] * meanN) * inverseDeviation[row]);
            }
        }
    }
}
