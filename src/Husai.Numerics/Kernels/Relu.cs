namespace Husai.Numerics;

/// <summary>The rectifier, max(x, 0).</summary>
public static class Relu
{
    /// <summary>Applies the rectifier to each element; may work in place.</summary>
    public static void Forward(Matrix result, Matrix input, Workers? workers = null)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            for (var i = 0; i < input.Columns; i++)
            {
                result[row, i] = Math.Max(input[row, i], 0);
            }
        }
    }

    /// <summary>Writes the input's gradient: the output's where the input is positive, 0 elsewhere. <paramref name="input"/> may also be the forward result.</summary>
    public static void Backward(Matrix inputGradient, Matrix input, Matrix outputGradient, Workers? workers = null)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            for (var i = 0; i < input.Columns; i++)
            {
                inputGradient[row, i] = input[row, i] > 0 ? outputGradient[row, i] : 0;
            }
        }
    }

    /// <summary>Applies the rectifier to each element; may work in place.</summary>
    public static void Forward(Span<float> result, ReadOnlySpan<float> input)
    {
        for (var i = 0; i < input.Length; i++)
        {
            result[i] = Math.Max(input[i], 0);
        }
    }
}
