namespace Husai.Numerics;

/// <summary>Row-wise softmax.</summary>
public static class Softmax
{
    /// <summary>Writes the softmax of each row; may work in place.</summary>
    public static void Forward(Matrix result, Matrix input, Workers? workers = null)
    {
        Require.SameShape(result, input);
        for (var row = 0; row < input.Rows; row++)
        {
            var source = input.Row(row);
            var target = result.Row(row);
            var max = float.NegativeInfinity;
            foreach (var value in source)
            {
                max = Math.Max(max, value);
            }

            var sum = 0.0;
            for (var i = 0; i < source.Length; i++)
            {
                var e = Math.Exp(source[i] - (double)max);
                target[i] = (float)e;
                sum += e;
            }

            for (var i = 0; i < source.Length; i++)
            {
                target[i] = (float)(target[i] / sum);
            }
        }
    }

    /// <summary>Gradient of the input from the gradient of the output: <c>s * (g - sum(g * s))</c> per row; may work in place of <paramref name="outputGradient"/>.</summary>
    public static void Backward(Matrix inputGradient, Matrix output, Matrix outputGradient, Workers? workers = null)
    {
        Require.SameShape(inputGradient, output);
        Require.SameShape(outputGradient, output);
        for (var row = 0; row < output.Rows; row++)
        {
            var s = output.Row(row);
            var g = outputGradient.Row(row);
            var target = inputGradient.Row(row);
            var dot = 0.0;
            for (var i = 0; i < s.Length; i++)
            {
                dot += (double)s[i] * g[i];
            }

            for (var i = 0; i < s.Length; i++)
            {
                target[i] = (float)(s[i] * (g[i] - dot));
            }
        }
    }
}
