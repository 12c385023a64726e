namespace Husai.Numerics.Kernels;

/// <summary>Looks for NaN and infinities.</summary>
internal static class FiniteValues
{
    /// <summary>The index of the first value that is not finite; -1 if all are.</summary>
    /// <param name="values">The values.</param>
    public static int IndexOfNotFinite(ReadOnlySpan<float> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
