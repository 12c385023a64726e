using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Husai.Numerics.Matrices;
using Husai.Numerics.Products;
using Husai.Numerics.Randomness;
using Husai.Worlds.Model;

namespace Husai.Worlds.Sampling;

/// <summary>
/// The thresholds of a world's features given the factors of a sample: feature i fires where its own normal number eta is above <c>(t_i -
/// F_i . eps) / sqrt(delta_i)</c>, with <c>t_i</c> the normal quantile of <c>1 - q_i</c>.
/// </summary>
/// <remarks>
/// A threshold is an inner product with the factors and a last factor of 1: those of all features without parent are one product of
/// matrices, those of the others are computed where a parent fires. Without correlation the factor of 1 is the only one.
/// </remarks>
internal sealed class FiringThresholds
{
    // Rows are inner products in 16 lanes, padded to whole ones.
    private const int Lanes = 16;

    private readonly Matrix _rows;

    public FiringThresholds(World world)
    {
        var rank = world.Correlation?.Rank ?? 0;
        Factors = (rank + Lanes) / Lanes * Lanes;
        One = rank;
        _rows = new Matrix(world.Features, Factors);
        for (var feature = 0; feature < world.Features; feature++)
        {
            var row = _rows.Row(feature);
            var deviation = Math.Sqrt(world.Correlation?.OwnVariances[feature] ?? 1.0);
            for (var factor = 0; factor < rank; factor++)
            {
                row[factor] = (float)(-world.Correlation!.Loadings.Row(feature)[factor] / deviation);
            }

            row[rank] = (float)(-NormalQuantile.At(world.Probabilities[feature]) / deviation);
        }

        var withoutParent = world.Trees.WithoutParent;
        var packed = new Matrix(withoutParent.Count, rank + 1);
        for (var position = 0; position < withoutParent.Count; position++)
        {
            _rows.Row(withoutParent[position])[..(rank + 1)].CopyTo(packed.Row(position));
        }

        WithoutParent = PackedMatrix.FromTransposed(packed);
    }

    /// <summary>Length of a row of factors, padded with zeros.</summary>
    public int Factors { get; }

    /// <summary>Position of the factor that is 1, after all others.</summary>
    public int One { get; }

    /// <summary>Gives the thresholds of the features without parent, from factors on the left, up to the 1.</summary>
    public PackedMatrix WithoutParent { get; }

    /// <summary>The thresholds of some features.</summary>
    /// <param name="features">Which.</param>
    /// <param name="factors">Of the sample.</param>
    /// <param name="thresholds">Receives one for each.</param>
    public void Find(ReadOnlySpan<int> features, ReadOnlySpan<float> factors, Span<float> thresholds)
    {
        for (var n = 0; n < features.Length; n++)
        {
            thresholds[n] = Dot(_rows.Row(features[n]), factors);
        }
    }

    // 16 chains in order and a fixed tree, in halves that every tier has.
    private static float Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        const int half = Lanes / 2;
        ref var leftStart = ref MemoryMarshal.GetReference(left);
        ref var rightStart = ref MemoryMarshal.GetReference(right);
        var (lower, upper) = (Vector256<float>.Zero, Vector256<float>.Zero);
        for (nuint i = 0; i < (nuint)left.Length; i += Lanes)
        {
            lower = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref leftStart, i), Vector256.LoadUnsafe(ref rightStart, i), lower);
            upper = Vector256.FusedMultiplyAdd(
                Vector256.LoadUnsafe(ref leftStart, i + half), Vector256.LoadUnsafe(ref rightStart, i + half), upper);
        }

        var eight = lower + upper;
        var four = eight.GetLower() + eight.GetUpper();
        var two = four + Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1));
        return two.ToScalar() + two.GetElement(1);
    }
}
