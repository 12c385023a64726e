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
            var row = rows.Row(index);
            var norm = Math.Sqrt(Reductions.SumOfSquares(row));
            for (var i = 0; norm > 0 && i < row.Length; i++)
            {
                row[i] = (float)(row[i] / norm);
            }
        }
    }
}
