using Husai.Numerics;

namespace Husai.Analysis;

/// <summary>Rows scaled to length 1.</summary>
public static class UnitRows
{
    /// <summary>A copy in which each row is divided by its norm; a zero row stays zero.</summary>
    public static Matrix Of(Matrix rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var result = rows.Clone();
        Normalise(result);
        return result;
    }

    /// <summary>Divides each row by its norm; a zero row stays zero.</summary>
    public static void Normalise(Matrix rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        for (var index = 0; index < rows.Rows; index++)
        {
            Scale(rows.Row(index), rows.Row(index));
        }
    }

    /// <summary>Writes a row divided by its norm; the two spans may be the same.</summary>
    internal static void Scale(ReadOnlySpan<float> row, Span<float> result)
    {
        var norm = Math.Sqrt(Reductions.SumOfSquares(row));
        for (var i = 0; i < row.Length; i++)
        {
            result[i] = norm > 0 ? (float)(row[i] / norm) : row[i];
        }
    }
}
