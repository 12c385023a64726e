using Husai.Numerics;

namespace Husai.Analysis;

/// <summary>Rows scaled to length 1.</summary>
public static class UnitRows
{
    /// <summary>A copy of the chosen rows, each divided by its norm.</summary>
    /// <param name="rows"><c>[latents, width]</c>.</param>
    /// <param name="chosen">Indices of rows that are not zero.</param>
    /// <returns><c>[chosen, width]</c>.</returns>
    public static Matrix Of(Matrix rows, ReadOnlySpan<int> chosen)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var result = new Matrix(chosen.Length, rows.Columns);
        for (var index = 0; index < chosen.Length; index++)
        {
            rows.Row(chosen[index]).CopyTo(result.Row(index));
        }

        Normalise(result);
        return result;
    }

    /// <summary>Divides each row by its norm; a zero row stays zero.</summary>
    public static void Normalise(Matrix rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        for (var index = 0; index < rows.Rows; index++)
        {
            var row = rows.Row(index);
            var norm = Math.Sqrt(Reductions.SumOfSquares(row));
            for (var i = 0; norm > 0 && i < row.Length; i++)
            {
                row[i] = (float)(row[i] / norm);
            }
        }
    }
}
