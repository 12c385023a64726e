using System.Runtime.CompilerServices;

namespace Husai.Numerics.Matrices;

/// <summary>Argument checks whose messages name the argument and both shapes.</summary>
internal static partial class Require
{
    public static void Shape(
        Matrix matrix, int rows, int columns, [CallerArgumentExpression(nameof(matrix))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(matrix, name);
        if (matrix.Rows != rows || matrix.Columns != columns)
        {
            throw new ArgumentException($"{name} is {matrix.Shape} where [{rows}, {columns}] is needed", name);
        }
    }

    public static void SameShape(
        Matrix matrix,
        Matrix other,
        [CallerArgumentExpression(nameof(matrix))] string name = "",
        [CallerArgumentExpression(nameof(other))] string otherName = "")
    {
        ArgumentNullException.ThrowIfNull(matrix, name);
        ArgumentNullException.ThrowIfNull(other, otherName);
        if (matrix.Rows != other.Rows || matrix.Columns != other.Columns)
        {
            throw new ArgumentException($"{name} is {matrix.Shape} but {otherName} is {other.Shape}", name);
        }
    }

    public static void Length(int actual, int expected, string name)
    {
        if (actual != expected)
        {
            throw new ArgumentException($"{name} has length {actual} where {expected} is needed", name);
        }
    }

    /// <summary>Refuses an output that shares memory with an input.</summary>
    public static void Apart(
        Matrix output,
        Matrix input,
        [CallerArgumentExpression(nameof(output))] string name = "",
        [CallerArgumentExpression(nameof(input))] string inputName = "")
    {
        if (output.Overlaps(input))
        {
            throw new ArgumentException(
                $"{name} {output.Shape} shares memory with {inputName} {input.Shape}", name);
        }
    }

    /// <summary>Refuses an output that shares memory with an input, unless it is that input (in place).</summary>
    public static void ApartOrSame(
        Matrix output,
        Matrix input,
        [CallerArgumentExpression(nameof(output))] string name = "",
        [CallerArgumentExpression(nameof(input))] string inputName = "")
    {
        if (!output.SameElements(input))
        {
            Apart(output, input, name, inputName);
        }
    }
}
