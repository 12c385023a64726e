using System.Runtime.CompilerServices;

namespace Husai.Numerics.Matrices;

internal static partial class Require
{
    /// <summary>Refuses a span of another length.</summary>
    public static void Length<T>(
        ReadOnlySpan<T> values, int length, [CallerArgumentExpression(nameof(values))] string name = "") =>
        Length(values.Length, length, name);

    /// <summary>Refuses two spans of different lengths.</summary>
    public static void SameLength(
        ReadOnlySpan<float> values,
        ReadOnlySpan<float> other,
        [CallerArgumentExpression(nameof(values))] string name = "",
        [CallerArgumentExpression(nameof(other))] string otherName = "")
    {
        if (values.Length != other.Length)
        {
            throw new ArgumentException($"{name} is [{values.Length}] but {otherName} is [{other.Length}]", name);
        }
    }

    /// <summary>Refuses an output that shares memory with another operand.</summary>
    public static void Apart(
        ReadOnlySpan<float> output,
        ReadOnlySpan<float> other,
        [CallerArgumentExpression(nameof(output))] string name = "",
        [CallerArgumentExpression(nameof(other))] string otherName = "")
    {
        if (output.Overlaps(other))
        {
            throw new ArgumentException($"{name} [{output.Length}] shares memory with {otherName} [{other.Length}]", name);
        }
    }

    /// <summary>Refuses an output that shares memory with an input of the same length, unless it is that input (in place).</summary>
    public static void ApartOrSame(
        ReadOnlySpan<float> output,
        ReadOnlySpan<float> input,
        [CallerArgumentExpression(nameof(output))] string name = "",
        [CallerArgumentExpression(nameof(input))] string inputName = "")
    {
        if (output != input)
        {
            Apart(output, input, name, inputName);
        }
    }

    /// <summary>Refuses an output that shares memory with any row of a matrix.</summary>
    public static void Apart(
        ReadOnlySpan<float> output,
        Matrix input,
        [CallerArgumentExpression(nameof(output))] string name = "",
        [CallerArgumentExpression(nameof(input))] string inputName = "")
    {
        if (input.Rows == 0 || input.Columns == 0)
        {
            return;
        }

        if (input.IsContiguous ? output.Overlaps(input.AsSpan()) : OverlapsARow(output, input))
        {
            throw new ArgumentException($"{name} [{output.Length}] shares memory with {inputName} {input.Shape}", name);
        }
    }

    private static bool OverlapsARow(ReadOnlySpan<float> output, Matrix input)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            if (output.Overlaps(input.Row(row)))
            {
                return true;
            }
        }

        return false;
    }
}
