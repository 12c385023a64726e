using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.Autoencoders.Training.Starts;

/// <summary>Rows with uniform coordinates.</summary>
internal static class UniformRows
{
    /// <summary>Fills a matrix.</summary>
    /// <param name="rows"><c>[rows, width]</c>.</param>
    /// <param name="bound">Coordinates lie between it and its opposite.</param>
    /// <param name="random">Draws them, row by row.</param>
    public static void Fill(Matrix rows, float bound, RandomStream random)
    {
        for (var row = 0; row < rows.Rows; row++)
        {
            foreach (ref var value in rows.Row(row))
            {
                value = bound * (2 * random.NextSingle() - 1);
            }
        }
    }
}
