using Husai.Autoencoders.Activations;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.Autoencoders.Training.Starts;

/// <summary>Rows of activations drawn at random: no row twice before all have been drawn once.</summary>
internal static class DataPoints
{
    /// <summary>Fills a matrix with rows.</summary>
    /// <param name="points"><c>[points, width]</c>.</param>
    /// <param name="source">The activations.</param>
    /// <param name="from">Rows to draw from; at least one.</param>
    /// <param name="random">Draws them.</param>
    public static void Fill(Matrix points, IActivationSource source, int[] from, RandomStream random)
    {
        for (var first = 0; first < points.Rows; first += from.Length)
        {
            var count = Math.Min(from.Length, points.Rows - first);
            var drawn = Array.ConvertAll(random.Sample(from.Length, count), index => from[index]);
            source.CopyRows(drawn, points.SliceRows(first, count));
            NonFiniteActivationsException.ThrowIfAny(points.SliceRows(first, count), drawn);
        }
    }
}
