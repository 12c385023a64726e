using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;

namespace Husai.Worlds.Construction;

/// <summary>Rows of unit norm.</summary>
internal static class UnitRows
{
    /// <summary>Scales each row to norm 1; a row of zeros stays.</summary>
    public static void Normalise(Matrix rows)
    {
        for (var row = 0; row < rows.Rows; row++)
        {
            var square = Reductions.SumOfSquares(rows.Row(row));
            if (square > 0)
            {
                Elementwise.Scale(rows.Row(row), (float)(1 / Math.Sqrt(square)));
            }
        }
    }
}
