namespace Husai.Numerics.Tests.Kernels;

/// <summary>Central finite differences in double precision.</summary>
internal static class FiniteDifference
{
    private const double Step = 1e-5;

    /// <summary>The derivative of <paramref name="function"/> in <paramref name="point"/>[<paramref name="index"/>].</summary>
    public static double At(double[] point, int index, Func<double[], double> function)
    {
        var moved = (double[])point.Clone();
        moved[index] = point[index] + Step;
        var above = function(moved);
        moved[index] = point[index] - Step;
        return (above - function(moved)) / (2 * Step);
    }

    /// <summary>The numbers of a row in double precision.</summary>
    public static double[] Doubles(ReadOnlySpan<float> row)
    {
        var result = new double[row.Length];
        for (var i = 0; i < row.Length; i++)
        {
            result[i] = row[i];
        }

        return result;
    }
}
