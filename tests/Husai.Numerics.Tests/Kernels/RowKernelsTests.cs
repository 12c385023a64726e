using Husai.Numerics.Kernels;
using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Randomness;
using Husai.Testing.Tiers;

namespace Husai.Numerics.Tests.Kernels;

[RunsOnEveryTier]
public sealed unsafe class RowKernelsTests
{
    private const int Rows = 11;
    private const int Stride = 150;

    private delegate void Kernel(float* target, float* source, int vectors);

    [Fact]
    public void Dot_is_sixteen_chains_and_a_tree_at_every_length()
    {
        foreach (var length in TestMatrix.Widths)
        {
            var (left, right) = (Normal(length, "dot.left"), Normal(length, "dot.right"));
            var expected = PlainRows.Dot(left, right);
            fixed (float* leftPointer = left, rightPointer = right)
            {
                Assert.Equal(expected, RowKernels.Dot(leftPointer, rightPointer, length));
            }

            Assert.Equal(expected, RowKernels.Dot(left, right.AsSpan()));
        }

        Assert.Throws<ArgumentException>(() => RowKernels.Dot(new float[3], new float[4].AsSpan()));
    }

    [Fact]
    public void Dots_are_those_of_each_row_for_every_number_of_rows()
    {
        var table = Normal(Rows * Stride, "dots.table");
        foreach (var count in TestMatrix.Widths)
        {
            var vectors = count % 10;
            var vector = Normal(vectors * Lanes.Count, "dots.vector");
            var indices = Indices(count, Rows);
            var offsets = Array.ConvertAll(indices, index => index * Stride);
            var expected = Array.ConvertAll(offsets, offset => PlainRows.Dot(vector, table.AsSpan(offset, vector.Length)));

            var results = new float[count + 1];
            fixed (float* to = results, left = vector, rows = table)
            fixed (int* chosen = indices)
            {
                RowKernels.Dots(to, left, rows, Stride, chosen, count, vectors);
            }

            Assert.Equal([.. expected, 0f], results);
            results.AsSpan().Clear();
            RowKernels.Dots(results.AsSpan(0, count), vector, table, offsets);
            Assert.Equal([.. expected, 0f], results);
        }
    }

    [Fact]
    public void A_weighted_sum_is_one_chain_for_each_element()
    {
        var table = Normal(Rows * Stride, "sum.table");
        foreach (var count in TestMatrix.Widths)
        {
            var vectors = count % 10;
            var start = Normal(vectors * Lanes.Count, "sum.start");
            var weights = Normal(count, "sum.weights");
            var indices = Indices(count, Rows);
            var offsets = Array.ConvertAll(indices, index => index * Stride);
            var expected = PlainRows.WeightedSum(start, table, offsets, weights);
            var expectedOfNothing = PlainRows.WeightedSum(new float[start.Length], table, offsets, weights);

            var (result, fromZero) = (new float[start.Length], new float[start.Length]);
            var (spread, spreadWeights) = (Spread(indices), Spread(weights));
            fixed (float* to = result, toZero = fromZero, initial = start, rows = table, factors = weights, spreadFactors = spreadWeights)
            fixed (int* chosen = indices, spreadChosen = spread)
            {
                RowKernels.WeightedSum(to, initial, rows, Stride, chosen, factors, count, vectors);
                RowKernels.WeightedSum(toZero, null, rows, Stride, spreadChosen, spreadFactors, count, vectors, step: 3);
            }

            Assert.Equal(expected, result);
            Assert.Equal(expectedOfNothing, fromZero);
            RowKernels.WeightedSum(start, start, table, offsets, weights);
            Assert.Equal(expected, start);
        }
    }

    [Fact]
    public void Element_by_element_kernels_are_exact_and_touch_whole_vectors_only()
    {
        AssertEach(
            (target, source, vectors) => RowKernels.MultiplyAdd(target, source, 1.7f, vectors),
            (t, s) => MathF.FusedMultiplyAdd(1.7f, s, t));
        AssertEach((target, source, vectors) => RowKernels.ScaleSubtract(target, target, 0.3f, source, vectors), (t, s) => (t * 0.3f) - s);
        AssertEach((target, _, vectors) => RowKernels.Scale(target, 1.7f, vectors), (t, _) => 1.7f * t);
        AssertEach((target, source, vectors) => RowKernels.Copy(target, source, vectors), (_, s) => s);
        AssertEach((target, source, vectors) => RowKernels.SubtractSquared(target, source, vectors), (t, s) => t - s);
    }

    [Fact]
    public void What_is_left_after_a_subtraction_is_squared_and_summed()
    {
        for (var vectors = 0; vectors <= 9; vectors++)
        {
            var (target, source) = (Normal(vectors * Lanes.Count, "squares.target"), Normal(vectors * Lanes.Count, "squares.source"));
            var difference = target.Zip(source, (t, s) => t - s).ToArray();
            fixed (float* targetPointer = target, sourcePointer = source)
            {
                Assert.Equal(PlainRows.Dot(difference, difference), RowKernels.SubtractSquared(targetPointer, sourcePointer, vectors));
            }
        }
    }

    [Fact]
    public void Counts_are_those_of_each_element_at_every_length()
    {
        foreach (var length in TestMatrix.Widths)
        {
            var values = Normal(length + 1, "counts");
            var indices = Indices(length + 1, 40);
            for (var n = 0; n < length; n += 7)
            {
                values[n] = n % 2 == 0 ? 0f : float.NaN;
            }

            (values[length], indices[length]) = (1f, -1);
            fixed (float* valuePointer = values)
            fixed (int* indexPointer = indices)
            {
                Assert.Equal(values[..length].Count(value => value > 0), RowKernels.CountPositive(valuePointer, length));
                Assert.Equal(indices[..length].Count(index => index < 17), RowKernels.CountBelow(indexPointer, length, 17));
            }
        }
    }

    private static void AssertEach(Kernel kernel, Func<float, float, float> expected)
    {
        foreach (var length in TestMatrix.Widths)
        {
            var (target, source) = (Normal(length, "each.target"), Normal(length, "each.source"));
            var whole = length / Lanes.Count * Lanes.Count;
            float[] wanted = [.. target[..whole].Zip(source, expected), .. target[whole..]];
            fixed (float* targetPointer = target, sourcePointer = source)
            {
                kernel(targetPointer, sourcePointer, length / Lanes.Count);
            }

            Assert.Equal(wanted, target);
        }
    }

    private static float[] Normal(int length, string purpose)
    {
        var values = new float[length];
        new RandomStream(7, purpose, (uint)length).FillNormal(values);
        return values;
    }

    private static int[] Indices(int count, int bound)
    {
        var stream = new RandomStream(7, "indices", (uint)count);
        return [.. Enumerable.Range(0, count).Select(_ => stream.NextInt32(bound))];
    }

    // Every value followed by two that must not be read.
    private static T[] Spread<T>(T[] values)
        where T : unmanaged, System.Numerics.IMinMaxValue<T> => [.. values.SelectMany(value => new[] { value, T.MaxValue, T.MaxValue })];
}
