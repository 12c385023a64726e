namespace Husai.Numerics;

/// <summary>The exact GELU, <c>x/2 (1 + erf(x/sqrt 2))</c> (Hendrycks and Gimpel 2016, section 2).</summary>
public static class Gelu
{
    /// <summary>Applies GELU to each element; may work in place.</summary>
    public static void Forward(Matrix result, Matrix input, Workers? workers = null) => throw new NotImplementedException();

    /// <summary>Writes the input's gradient; <paramref name="inputGradient"/> may be <paramref name="outputGradient"/>.</summary>
    public static void Backward(Matrix inputGradient, Matrix input, Matrix outputGradient, Workers? workers = null) => throw new NotImplementedException();

    /// <summary>Applies GELU to each element; may work in place.</summary>
    public static void Forward(Span<float> result, ReadOnlySpan<float> input) => throw new NotImplementedException();
}
